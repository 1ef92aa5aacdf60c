import { Broker } from '@millrace/broker';
import { memoryHost, type Host } from '@millrace/host';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CleanStop } from './run-cli.ts';
import { runCommand, type CommandResult } from './testing/run-command.ts';

let host: Host;
let broker: Broker;
let server: string;

beforeAll(async () => {
  host = memoryHost();
  broker = await Broker.start({ listeners: 'PLAINTEXT://127.0.0.1:0', 'log.dirs': '/data' }, { host });
  server = `${broker.address.host}:${broker.address.port}`;
});

afterAll(() => broker.close());

function millrace(line: string, stdin?: string): Promise<CommandResult> {
  const parameters = line.split(' ').map((word) => word.replaceAll('_', ' '));
  return runCommand([...parameters, '--bootstrap-server', server], {
    host,
    ...(stdin === undefined ? {} : { stdin }),
  });
}

async function json<T>(line: string): Promise<T> {
  const { stdout, stderr, exitCode } = await millrace(`${line} --output json`);
  if (exitCode !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as T;
}

describe('topics', () => {
  test('are created, listed, described, altered and deleted', async () => {
    const created = await millrace('topic create orders --partitions 3 -c retention.ms=3600000');
    expect(created).toMatchObject({
      exitCode: 0,
      stdout: expect.stringMatching(/^Created topic orders with 3 partitions/),
    });

    expect((await millrace('topic list')).stdout).toMatch(/^name +partitions +replicas +id\norders +3 +1 /);
    expect((await millrace('topic describe orders')).stdout).toMatch(
      /orders {2}id \S+ {2}retention.ms=3600000\npartition/,
    );

    expect((await millrace('topic alter orders --partitions 4 --delete-config retention.ms')).exitCode).toBe(
      0,
    );
    const [described] = await json<{ partitions: unknown[]; configs: object }[]>('topic describe orders');
    expect(described?.partitions).toHaveLength(4);
    expect(described?.configs).toEqual({});

    expect((await millrace('topic delete orders --yes')).exitCode).toBe(0);
    expect(await json('topic list')).toEqual([]);
  });

  test('tell scripts by the exit code what went wrong', async () => {
    await millrace('topic create twice');
    const again = await millrace('topic create twice');
    expect(again.exitCode).toBe(4);
    expect(again.stderr).toMatch(/^error: .*twice.*\n {2}Choose another name/s);
    expect((await millrace('topic create twice --if-not-exists')).exitCode).toBe(0);

    const missing = await millrace('topic describe nowhere');
    expect(missing.exitCode).toBe(3);
    expect(missing.stderr).toContain('millrace topic list');

    expect((await millrace('topic create bad --partitions none')).exitCode).toBe(2);
    expect((await millrace('topic alter twice')).exitCode).toBe(2);
    expect((await millrace('topic delete twice')).exitCode).toBe(4);
    expect((await millrace('topic create x -c no.such.property=1')).exitCode).not.toBe(0);
  });
});

describe('records', () => {
  test('go in by lines and come out by a format', async () => {
    await millrace('topic create lines --partitions 2');
    const sent = await millrace(
      'produce lines --key-separator : -H source=test',
      'o-1:paid\no-2:open\no-1:shipped\n',
    );
    expect(sent).toMatchObject({
      exitCode: 0,
      stderr: expect.stringMatching(/^3 records sent to lines in \d+ ms\n$/),
    });

    const read = await millrace('consume lines --from beginning --exit-at-end --format %k=%v_[%h]');
    expect(read.stdout.trimEnd().split('\n').toSorted()).toEqual([
      'o-1=paid [source=test]',
      'o-1=shipped [source=test]',
      'o-2=open [source=test]',
    ]);
  });

  test('go through a pipe of JSON unchanged, tombstones and headers included', async () => {
    await millrace('topic create source');
    await millrace('produce source --key-separator : --null-marker NULL -H h=x', 'a:1\nb:NULL\nc:\n');
    const piped = await millrace('consume source --from beginning --exit-at-end --output json');
    await millrace('topic create copy');
    await millrace('produce copy --input json -z zstd', piped.stdout);
    const copied = await millrace('consume copy --from beginning --exit-at-end --output json');
    expect(copied.stdout).toBe(piped.stdout.replaceAll('"source"', '"copy"'));
    expect(copied.stdout).toContain('"key":"b","value":null');
  });

  test('start where --from says', async () => {
    await millrace('topic create positions');
    await millrace('produce positions', '0\n1\n2\n3\n');
    const from = async (position: string) =>
      (await millrace(`consume positions --from ${position} --exit-at-end`)).stdout.split('\n').slice(0, -1);
    expect(await from('2')).toEqual(['2', '3']);
    expect(await from('-1')).toEqual(['3']);
    expect(await from('end')).toEqual([]);
    expect(await from('PT1H')).toEqual(['0', '1', '2', '3']);
    expect((await millrace('consume positions --from beginning --max 2')).stdout).toBe('0\n1\n');
  });

  test('of a missing topic are not waited for', async () => {
    expect((await millrace('consume nowhere --exit-at-end')).exitCode).toBe(3);
  });
});

describe('groups', () => {
  test('commit what was printed and nothing else, are described, moved and deleted', async () => {
    await millrace('topic create ledger');
    await millrace('produce ledger', 'a\nb\nc\nd\n');
    const read = await millrace('consume ledger --group billing --from beginning --max 3');
    expect(read.stdout).toBe('a\nb\nc\n');

    const described = await json<{ state: string; partitions: object[] }>('group describe billing');
    expect(described).toMatchObject({
      state: 'Empty',
      partitions: [{ topic: 'ledger', partition: 0, committedOffset: 3, endOffset: 4, lag: 1 }],
    });
    expect((await millrace('group describe billing')).stdout).toContain('total lag 1');
    expect((await millrace('group list')).stdout).toMatch(/billing +Empty/);

    const plan = await millrace('group reset-offsets billing --to beginning');
    expect(plan.stdout).toMatch(/ledger +0 +3 +0/);
    expect(plan.stderr).toContain('say --execute');
    expect((await millrace('consume ledger --group billing --max 1')).stdout).toBe('d\n');

    expect((await millrace('group reset-offsets billing --to -2 --execute')).exitCode).toBe(0);
    expect((await millrace('consume ledger --group billing --exit-at-end')).stdout).toBe('c\nd\n');

    expect((await millrace('group delete billing --yes')).exitCode).toBe(0);
    expect((await millrace('group describe billing')).exitCode).toBe(3);
  });
});

describe('offsets', () => {
  test('are printed per partition, and at a time', async () => {
    await millrace('topic create bounds --partitions 2');
    await millrace('produce bounds --partition 1', 'a\nb\n');
    expect((await millrace('offsets bounds')).stdout).toMatch(/bounds +0 +0 +0 +0\nbounds +1 +0 +2 +2/);
    const rows = await json<{ at: number }[]>('offsets bounds --at 2000-01-01T00:00:00Z --partition 1');
    expect(rows).toEqual([{ topic: 'bounds', partition: 1, start: 0, end: 2, at: 0 }]);
    expect((await millrace('offsets bounds --partition 7')).exitCode).toBe(3);
  });
});

describe('perf', () => {
  test('produces and consumes as many records as it was told to', async () => {
    await millrace('topic create perf');
    const produced = await json<{ records: number; recordsPerSecond: number }>(
      'perf produce perf -n 2000 --record-size 50',
    );
    expect(produced.records).toBe(2000);
    expect(produced.recordsPerSecond).toBeGreaterThan(0);
    const consumed = await json<{ records: number }>('perf consume perf -n 2000');
    expect(consumed.records).toBe(2000);
  });
});

describe('start', () => {
  test('prints one ready line, serves, and ends with 0 when it is asked to stop', async () => {
    const stop = new AbortController();
    const parameters = ['start', '--listen', '127.0.0.1:0', '--data-dir', '/other', '--output', 'json'];
    const result = await runCommand(parameters, {
      host: memoryHost(),
      signal: stop.signal,
      onOutput: () => stop.abort(new CleanStop()),
    });
    expect(result).toMatchObject({ exitCode: 0, stderr: '' });
    expect(JSON.parse(result.stdout)).toMatchObject({
      event: 'ready',
      nodeId: 1,
      dataDirectories: ['/other'],
    });
  });

  test.each([
    ['a port in use', () => ['--listen', server], /EADDRINUSE|in use/],
    ['an illegal value', () => ['--set', 'num.partitions=none'], /num\.partitions/],
    ['a missing file', () => ['--config', '/nowhere.properties'], /nowhere\.properties/],
  ])('says in one line what is wrong with %s', async (_, parameters, message) => {
    const result = await runCommand(['start', '--data-dir', '/third', ...parameters()], {
      host: memoryHost(),
    });
    expect(result.exitCode).not.toBe(0);
    expect(result.stderr).toMatch(/^error: /);
    expect(result.stderr.split('\n')[0]).toMatch(message);
  });
});

describe('the command line itself', () => {
  test('explains itself', async () => {
    const help = await runCommand(['--help'], { host });
    expect(help).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('Exit codes: 0 ok') });
  });

  test('refuses what it does not know with the usage code', async () => {
    expect((await runCommand(['topik'], { host })).exitCode).toBe(2);
    expect((await runCommand(['topic', 'list', '--nope'], { host })).exitCode).toBe(2);
  });

  test('says how to start a node where none answers', async () => {
    const result = await runCommand(
      [
        'topic',
        'list',
        '--bootstrap-server',
        '127.0.0.1:1',
        '--set',
        'default.api.timeout.ms=300',
        '--set',
        'request.timeout.ms=200',
      ],
      { host },
    );
    expect(result.exitCode).toBe(1);
    expect(result.stderr).toContain('millrace start');
  });
});
