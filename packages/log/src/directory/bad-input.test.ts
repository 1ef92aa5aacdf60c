import { memoryHost, silentLogger, type Host, type Logger } from '@millrace/host';
import { describe, expect, test } from 'vitest';
import { logConfig } from '../log-config.ts';
import { writeMetaProperties } from '../files/meta-properties.ts';
import { SAMPLE_DIRECTORY, SAMPLE_PARTITION, writeSampleDirectory } from '../testing/sample-directory.ts';
import { readAll, TOPIC_ID } from '../testing/test-log.ts';
import { LogManager } from './log-manager.ts';

const identity = { clusterId: 'here', nodeId: 1 };

async function sample(): Promise<{ host: Host; values: string[]; bases: string[] }> {
  const host = memoryHost();
  const written = await writeSampleDirectory(host);
  await writeMetaProperties(host.disk, SAMPLE_DIRECTORY, { ...identity, directoryId: TOPIC_ID });
  const names = (await host.disk.list(SAMPLE_PARTITION)).map(({ name }) => name);
  const bases = names.filter((name) => name.endsWith('.log')).map((name) => name.slice(0, 20));
  return { host, bases, values: Array.from(written.values(), (text) => text.slice(text.indexOf('=') + 1)) };
}

/** Every file with its bytes, for what must still be there afterwards. */
async function contents(host: Host): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (const directory of [SAMPLE_DIRECTORY, SAMPLE_PARTITION]) {
    for (const { name, isDirectory } of await host.disk.list(directory)) {
      if (isDirectory || name === '.lock') continue;
      const path = `${directory}/${name}`;
      found.set(path, (await host.disk.readFile(path)).toString('hex'));
    }
  }
  return found;
}

function open(host: Host, logger: Logger = silentLogger): Promise<LogManager> {
  const defaults = logConfig({ 'retention.ms': -1, 'index.interval.bytes': 300 });
  return LogManager.open({ host, logDirs: [SAMPLE_DIRECTORY], identity, defaults, logger });
}

async function edit(host: Host, path: string, change: (content: Buffer) => Buffer | void): Promise<void> {
  const content = Buffer.from(await host.disk.readFile(path));
  await host.disk.writeFile(path, change(content) ?? content);
}

/** `%` in a path stands for the base offset of the second segment. */
type Damage = readonly [what: string, path: string, change: (content: Buffer) => Buffer | void];

const META = `${SAMPLE_DIRECTORY}/meta.properties`;
const replaceText = (from: string, to: string) => (content: Buffer) =>
  Buffer.from(content.toString().replace(from, to));

describe('a directory is refused, and nothing in it changes, for', () => {
  test.each<Damage>([
    ['another cluster', META, replaceText('cluster.id=here', 'cluster.id=there')],
    ['another node', META, replaceText('node.id=1', 'node.id=7')],
  ])('%s', async (_, path, change) => {
    const { host } = await sample();
    await edit(host, path, change);
    const before = await contents(host);
    await expect(open(host)).rejects.toMatchObject({
      code: 'ERR_LOG_FOREIGN_DIRECTORY',
      message: expect.stringContaining(path) as string,
    });
    expect(await contents(host)).toEqual(before);
  });

  test.each<Damage>([
    ['a version of meta.properties that is not known', META, replaceText('version=1', 'version=9')],
    ['a meta.properties without cluster.id', META, replaceText('cluster.id', 'cluster')],
    ['a node.id that is no number', META, replaceText('node.id=1', 'node.id=one')],
    ['an empty meta.properties', META, () => Buffer.alloc(0)],
  ])('%s', async (_, path, change) => {
    const { host } = await sample();
    await edit(host, path, change);
    const before = await contents(host);
    await expect(open(host)).rejects.toMatchObject({ code: 'ERR_LOG_CORRUPT_FILE', file: path, position: 0 });
    expect(await contents(host)).toEqual(before);
  });

  test('a process that has it open', async () => {
    const { host, values } = await sample();
    const manager = await open(host);
    await expect(open(host)).rejects.toMatchObject({
      code: 'ERR_LOG_DIRECTORY_LOCKED',
      message: expect.stringContaining(SAMPLE_DIRECTORY) as string,
    });
    expect((await readAll(manager.get('orders', 0)!)).map(({ value }) => value)).toEqual(values);
    await manager.close();
  });
});

describe('a partition stays closed, named with file and position, and its files stay, for', () => {
  test.each<Damage>([
    [
      'a topic id that is none',
      `${SAMPLE_PARTITION}/partition.metadata`,
      replaceText('topic_id: ', 'topic_id: x'),
    ],
    [
      'a partition.metadata without version',
      `${SAMPLE_PARTITION}/partition.metadata`,
      replaceText('version: 0', ''),
    ],
    [
      'a version of a transaction index that is not known',
      `${SAMPLE_PARTITION}/%.txnindex`,
      (content) => void content.writeInt16BE(3, 0),
    ],
    [
      'a transaction index that is cut short',
      `${SAMPLE_PARTITION}/%.txnindex`,
      (content) => content.subarray(0, 33),
    ],
  ])('%s', async (_, pattern, change) => {
    const { host, bases } = await sample();
    const indexes = (await host.disk.list(SAMPLE_PARTITION)).filter(({ name }) => name.endsWith('.txnindex'));
    const path = pattern.replace('%', pattern.endsWith('index') ? indexes[0]!.name.slice(0, 20) : bases[1]!);
    await edit(host, path, change);
    const before = await contents(host);
    const manager = await open(host);
    expect(manager.get('orders', 0)).toBeUndefined();
    const position = path.endsWith('index') ? expect.any(Number) : 0;
    expect(manager.damagedPartitions.get('orders-0')).toMatchObject({
      code: 'ERR_LOG_CORRUPT_FILE',
      file: path,
      position,
    });
    await manager.close();
    const after = await contents(host);
    for (const [file, bytes] of before)
      if (file.startsWith(SAMPLE_PARTITION)) expect(after.get(file), file).toBe(bytes);
  });

  test('a log file that is missing though its index is there', async () => {
    const { host, bases } = await sample();
    const path = `${SAMPLE_PARTITION}/${bases[1]}.log`;
    await host.disk.removeFile(path);
    const before = await contents(host);
    const manager = await open(host);
    expect(manager.damagedPartitions.get('orders-0')).toMatchObject({
      code: 'ERR_LOG_CORRUPT_FILE',
      file: path,
      position: 0,
    });
    await manager.close();
    const after = await contents(host);
    for (const file of before.keys())
      if (file.startsWith(SAMPLE_PARTITION)) expect([...after.keys()]).toContain(file);
  });
});

describe('everything is served, the damage is told with file and position, and nothing is lost, for', () => {
  test.each<Damage>([
    [
      'a version of a checkpoint that is not known',
      `${SAMPLE_DIRECTORY}/recovery-point-offset-checkpoint`,
      replaceText('0', '4'),
    ],
    [
      'a checkpoint with fewer lines than it says',
      `${SAMPLE_DIRECTORY}/replication-offset-checkpoint`,
      replaceText('\n1\n', '\n2\n'),
    ],
    [
      'a line of a checkpoint that makes no sense',
      `${SAMPLE_DIRECTORY}/recovery-point-offset-checkpoint`,
      replaceText('orders 0', 'orders'),
    ],
    [
      'a version of leader epochs that is not known',
      `${SAMPLE_PARTITION}/leader-epoch-checkpoint`,
      replaceText('0', '4'),
    ],
    [
      'leader epochs that do not ascend',
      `${SAMPLE_PARTITION}/leader-epoch-checkpoint`,
      replaceText('\n1 ', '\n9 '),
    ],
    [
      'an offset index of an odd length',
      `${SAMPLE_PARTITION}/%.index`,
      (content) => content.subarray(0, content.length - 3),
    ],
    [
      'an offset index that does not ascend',
      `${SAMPLE_PARTITION}/%.index`,
      (content) => void content.writeInt32BE(-5, 0),
    ],
    [
      'a time index of an odd length',
      `${SAMPLE_PARTITION}/%.timeindex`,
      (content) => content.subarray(0, content.length - 3),
    ],
  ])('%s', async (_, pattern, change) => {
    const { host, bases, values } = await sample();
    const path = pattern.replace('%', bases[1]!);
    await edit(host, path, change);
    const lines: string[] = [];
    const logger = {
      ...silentLogger,
      warn: (text: string, fields?: object) => void lines.push(text + JSON.stringify(fields)),
    };
    const manager = await open(host, logger);
    const log = manager.get('orders', 0)!;
    expect((await readAll(log, Number(bases[1]))).length).toBeGreaterThan(0);
    expect((await readAll(log)).map(({ value }) => value)).toEqual(values);
    expect(lines.filter((line) => line.includes(path) && /byte \d+/.test(line))).toHaveLength(1);
    await manager.close();
  });

  test.each(['.index', '.timeindex'])('a missing %s file', async (suffix) => {
    const { host, bases, values } = await sample();
    const path = `${SAMPLE_PARTITION}/${bases[1]}${suffix}`;
    const whole = await host.disk.readFile(path);
    await host.disk.removeFile(path);
    const manager = await open(host);
    expect((await readAll(manager.get('orders', 0)!)).map(({ value }) => value)).toEqual(values);
    await manager.close();
    expect(await host.disk.readFile(path)).toEqual(whole);
  });

  test('a damaged producer snapshot, which is put aside', async () => {
    const { host, values } = await sample();
    const names = (await host.disk.list(SAMPLE_PARTITION)).map(({ name }) => name);
    const path = `${SAMPLE_PARTITION}/${names.findLast((name) => name.endsWith('.snapshot'))}`;
    await edit(host, path, (content) => void (content[20]! ^= 1));
    const damaged = await host.disk.readFile(path);
    const lines: string[] = [];
    const logger = {
      ...silentLogger,
      warn: (text: string, fields?: object) => void lines.push(text + JSON.stringify(fields)),
    };
    const manager = await open(host, logger);
    expect((await readAll(manager.get('orders', 0)!)).map(({ value }) => value)).toEqual(values);
    expect(lines.filter((line) => line.includes(path) && /byte \d+/.test(line))).toHaveLength(1);
    await manager.close();
    expect(await host.disk.readFile(`${path}.damaged`)).toEqual(damaged);
  });

  test('files and directories that belong to nobody', async () => {
    const { host, values } = await sample();
    const strays = [
      `${SAMPLE_DIRECTORY}/notes.txt`,
      `${SAMPLE_PARTITION}/core.123`,
      `${SAMPLE_PARTITION}/12.log`,
    ];
    for (const path of strays) await host.disk.writeFile(path, 'stray');
    await host.disk.makeDirectory(`${SAMPLE_DIRECTORY}/backup`);
    const put = `${SAMPLE_DIRECTORY}/old-3.0123456789abcdef0123456789abcdef-stray`;
    await host.disk.makeDirectory(put);
    const manager = await open(host);
    expect([...manager.logs()].map(({ topic }) => topic)).toEqual(['orders']);
    expect((await readAll(manager.get('orders', 0)!)).map(({ value }) => value)).toEqual(values);
    await manager.close();
    for (const path of strays) expect(String(await host.disk.readFile(path))).toBe('stray');
    for (const path of [`${SAMPLE_DIRECTORY}/backup`, put]) expect(await host.disk.stat(path)).toBeDefined();
  });
});
