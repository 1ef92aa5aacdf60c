import { memoryHost, SeededRandom, type Host, type Random } from '@millrace/host';
import { decodeRecords, recordBatches } from '@millrace/protocol';
import { describe, expect, test } from 'vitest';
import { LogManager } from '../../directory/log-manager.ts';
import { logConfig } from '../../log-config.ts';
import { SAMPLE_DIRECTORY, SAMPLE_PARTITION, writeSampleDirectory } from '../../testing/sample-directory.ts';
import { START_MS } from '../../testing/test-log.ts';
import { verifyDirectory } from './verify-directory.ts';

/** One bit of a file, changed and changed back. */
interface Flip {
  readonly path: string;
  readonly byte: number;
  readonly bit: number;
}

function toggle(content: Buffer, { byte, bit }: Flip): void {
  content[byte]! ^= 1 << bit;
}

async function withFlip<T>(host: Host, flip: Flip, task: () => Promise<T>): Promise<T> {
  const content = await host.disk.readFile(flip.path);
  const changed = Buffer.from(content);
  toggle(changed, flip);
  await host.disk.writeFile(flip.path, changed);
  try {
    return await task();
  } finally {
    await host.disk.writeFile(flip.path, content);
  }
}

async function pathsWith(host: Host, suffix: string): Promise<string[]> {
  const entries = await host.disk.list(SAMPLE_PARTITION);
  return entries.filter(({ name }) => name.endsWith(suffix)).map(({ name }) => `${SAMPLE_PARTITION}/${name}`);
}

async function randomFlip(host: Host, random: Random, suffix: string): Promise<Flip> {
  const paths = await pathsWith(host, suffix);
  const path = paths[random.uint32() % paths.length]!;
  const { length } = await host.disk.readFile(path);
  return { path, byte: random.uint32() % length, bit: random.uint32() % 8 };
}

/** The disk as it is, in a host of its own: opening a log writes. */
async function copyOf(host: Host): Promise<Host> {
  const copy = memoryHost();
  for (const directory of [SAMPLE_DIRECTORY, SAMPLE_PARTITION]) {
    await copy.disk.makeDirectory(directory);
    for (const { name, isDirectory } of await host.disk.list(directory)) {
      if (isDirectory || name === '.lock') continue;
      await copy.disk.writeFile(`${directory}/${name}`, await host.disk.readFile(`${directory}/${name}`));
    }
  }
  return copy;
}

/** Everything that readers get: records by offset, offsets by time, what a read_committed reader must leave out. */
async function viewOf(host: Host): Promise<unknown> {
  const manager = await LogManager.open({
    host,
    logDirs: [SAMPLE_DIRECTORY],
    defaults: logConfig({ 'retention.ms': -1 }),
  });
  try {
    const log = manager.get('orders', 0);
    if (log === undefined) return 'refused';
    const records: string[] = [];
    for (let offset = 0; offset < log.logEndOffset;) {
      const read = await log.read({ offset, maxBytes: 4096, minOneMessage: true, upTo: 'logEndOffset' });
      const batches = recordBatches(Buffer.concat(read.records));
      for (const batch of batches) {
        if (!batch.isControl)
          records.push(...decodeRecords(batch).map((each) => `${each.offset} ${String(each.value)}`));
        offset = batch.nextOffset;
      }
    }
    const times: unknown[] = [];
    for (let time = START_MS; time < START_MS + 900; time += 37)
      times.push(await log.offsetForTimestamp(time, 'logEndOffset'));
    const { abortedTransactions } = await log.read({
      offset: 0,
      maxBytes: 1,
      minOneMessage: true,
      upTo: 'lastStableOffset',
    });
    return { records, times, abortedTransactions };
  } finally {
    await manager.close();
  }
}

describe('a flipped bit', () => {
  test('in a log is an error of verify, wherever it is', async () => {
    const host = memoryHost();
    await writeSampleDirectory(host);
    const random = new SeededRandom(1);
    for (let count = 0; count < 100; count++) {
      const flip = await randomFlip(host, random, '.log');
      const report = await withFlip(host, flip, () => verifyDirectory(host, SAMPLE_DIRECTORY));
      expect(report.isValid, JSON.stringify(flip)).toBe(false);
    }
  });

  test('in the header of any batch is an error of verify', async () => {
    const host = memoryHost();
    await writeSampleDirectory(host, { batches: 20 });
    for (const path of await pathsWith(host, '.log')) {
      const [first] = recordBatches(await host.disk.readFile(path));
      if (first === undefined) continue;
      // Base offset, length, leader epoch, magic and CRC: everything that the CRC does not cover.
      for (let byte = 0; byte < 21; byte++) {
        for (const bit of [0, 3, 7]) {
          const flip = { path, byte, bit };
          const report = await withFlip(host, flip, () => verifyDirectory(host, SAMPLE_DIRECTORY));
          expect(report.isValid, JSON.stringify(flip)).toBe(false);
        }
      }
    }
  });

  test.each(['.index', '.timeindex', '.txnindex', '.snapshot', 'leader-epoch-checkpoint'])(
    'in a file %s is found by verify, or changes nothing for readers',
    async (suffix) => {
      const host = memoryHost();
      await writeSampleDirectory(host);
      const intact = await viewOf(await copyOf(host));
      const random = new SeededRandom(2);
      for (let count = 0; count < 25; count++) {
        const flip = await randomFlip(host, random, suffix);
        await withFlip(host, flip, async () => {
          const report = await verifyDirectory(host, SAMPLE_DIRECTORY);
          if (!report.isValid) return;
          expect(await viewOf(await copyOf(host)), JSON.stringify(flip)).toEqual(intact);
        });
      }
    },
  );

  test('in a log cuts the log there after a crash: readers get what was written, up to it', async () => {
    const host = memoryHost();
    const written = await writeSampleDirectory(host);
    const intact = Array.from(written.values(), (record) => record.slice(record.indexOf('=') + 1));
    const random = new SeededRandom(3);
    for (let count = 0; count < 40; count++) {
      const flip = await randomFlip(host, random, '.log');
      await withFlip(host, flip, async () => {
        const copy = await copyOf(host);
        await copy.disk.removeFile(`${SAMPLE_DIRECTORY}/.kafka_cleanshutdown`);
        await copy.disk.removeFile(`${SAMPLE_DIRECTORY}/recovery-point-offset-checkpoint`);
        const view = (await viewOf(copy)) as { records: string[] };
        const values = view.records.map((record) => record.slice(record.indexOf(' ') + 1));
        expect(values, JSON.stringify(flip)).toEqual(intact.slice(0, values.length));
      });
    }
  });
});
