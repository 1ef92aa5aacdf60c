import { Broker } from '@millrace/broker';
import { failureHeaders, Producer } from '@millrace/client';
import { memoryHost, type Host } from '@millrace/host';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { runCommand, type CommandResult } from '../testing/run-command.ts';

let host: Host;
let broker: Broker;
let server: string;
let topics = 0;
let topic: string;

beforeAll(async () => {
  host = memoryHost();
  broker = await Broker.start({ listeners: 'PLAINTEXT://127.0.0.1:0', 'log.dirs': '/data' }, { host });
  server = `${broker.address.host}:${broker.address.port}`;
});

afterAll(() => broker.close());

/** Three dead letters of `<topic>`, and one that nobody knows the origin of. */
beforeEach(async () => {
  topic = `orders-${topics++}`;
  await using producer = new Producer({ 'bootstrap.servers': server }, { host });
  const dead = (value: string, exception: string) => ({
    topic: `${topic}-dlq`,
    key: value,
    value,
    headers: [
      { key: 'trace', value },
      ...Object.entries({
        [failureHeaders.topic]: topic,
        [failureHeaders.partition]: '0',
        [failureHeaders.offset]: '5',
        [failureHeaders.timestamp]: '1767225600000',
        [failureHeaders.attempt]: '3',
        [failureHeaders.exception]: exception,
        [failureHeaders.message]: `${value} is bad`,
      }).map(([key, text]) => ({ key, value: text })),
    ],
  });
  await producer.send([
    dead('a', 'TypeError'),
    dead('b', 'TimeoutError'),
    dead('c', 'TypeError'),
    { topic: `${topic}-dlq`, value: 'stray' },
  ]);
});

function millrace(...parameters: string[]): Promise<CommandResult> {
  return runCommand([...parameters, '--bootstrap-server', server], { host });
}

async function replay(...options: string[]): Promise<unknown> {
  const parameters = ['dlq', 'replay', `${topic}-dlq`, '--output', 'json'];
  const { stdout, stderr, exitCode } = await millrace(...parameters, ...options);
  if (exitCode !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}

async function values(name = topic): Promise<string[]> {
  const { stdout } = await millrace('consume', name, '--from', 'beginning', '--exit-at-end');
  return stdout.split('\n').filter((line) => line !== '');
}

describe('dlq replay', () => {
  test('sends dead letters back as they were, once', async () => {
    expect(await replay()).toEqual({
      topic: `${topic}-dlq`,
      dryRun: false,
      replayed: 3,
      skipped: 0,
      unknown: 1,
      byTopic: { [topic]: 3 },
    });
    const { stdout } = await millrace(
      'consume',
      topic,
      '--from',
      'beginning',
      '--exit-at-end',
      '--output',
      'json',
    );
    const [first] = stdout
      .split('\n')
      .map((line) => JSON.parse(line || 'null') as Record<string, unknown> | null);
    expect(first).toMatchObject({ key: 'a', value: 'a' });
    expect(JSON.stringify(first)).not.toContain('__millrace');
    expect(JSON.stringify(first)).toContain('trace');
    expect(await replay()).toMatchObject({ replayed: 0 });
    expect(await values()).toEqual(['a', 'b', 'c']);
    expect(await replay('--from-beginning')).toMatchObject({ replayed: 3 });
  });

  test('tells what it would do, and changes nothing', async () => {
    const { stdout } = await millrace('dlq', 'replay', `${topic}-dlq`, '--dry-run');
    expect(stdout).toBe(
      `Would send 3 to ${topic} of 4 records in ${topic}-dlq\n` +
        '1 do not say where they came from; name a topic by --to\n',
    );
    expect(await replay('--dry-run')).toMatchObject({ dryRun: true, replayed: 3 });
    expect(await replay()).toMatchObject({ replayed: 3 });
  });

  test.each([
    [
      ['--exception', 'TypeError'],
      ['a', 'c'],
    ],
    [['--message', 'b is'], ['b']],
    [['--header', 'trace=c'], ['c']],
    [['--header', 'trace=c', '--exception', 'TimeoutError'], []],
    [
      ['--max', '2'],
      ['a', 'b'],
    ],
  ])('chooses by %o', async (options, expected) => {
    expect(await replay(...options)).toMatchObject({ replayed: expected.length });
    if (expected.length > 0) expect(await values()).toEqual(expected);
  });

  test('remembers what --max left, but nothing of a filtered replay', async () => {
    await replay('--max', '1');
    expect(await replay('--max', '5')).toMatchObject({ replayed: 2 });
    expect(await replay('--exception', 'TypeError')).toMatchObject({ replayed: 2, skipped: 2 });
  });

  test('sends everything to one topic where that is asked for', async () => {
    expect(await replay('--to', `${topic}-repaired`)).toMatchObject({ replayed: 4, unknown: 0 });
    expect(await values(`${topic}-repaired`)).toEqual(['a', 'b', 'c', 'stray']);
  });

  test('says that a topic does not exist', async () => {
    expect((await millrace('dlq', 'replay', 'nowhere')).exitCode).toBe(3);
  });
});
