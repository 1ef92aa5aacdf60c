import { join, relative } from 'node:path';
import type { Host, Random } from '@millrace/host';
import { decodeRecords, recordBatches } from '@millrace/protocol';
import { LogManager } from '../directory/log-manager.ts';
import { logConfig } from '../log-config.ts';
import type { PartitionLog } from '../partition/partition-log.ts';
import { verifyDirectory } from '../tools/verify/verify-directory.ts';

/** What became of a flipped bit: found by verify and by a reader, by verify alone, or of no consequence. */
export type FlipOutcome = 'refused' | 'reported' | 'harmless';

export interface Flip {
  readonly file: string;
  readonly byte: number;
  readonly bit: number;
  readonly outcome: FlipOutcome;
}

/**
 * Flips one bit of any file of a log directory, has it verified, opens a copy of it and reads everything, and flips the
 * bit back.
 * @param values What is in the log, in order.
 * @throws Error if readers get a value that is not there, or miss something without an error or a finding
 */
export async function flipBit(
  host: Host,
  logDir: string,
  values: readonly string[],
  random: Random,
): Promise<Flip> {
  const files = await filesUnder(host, logDir);
  const file = files[random.uint32() % files.length]!;
  const content = await host.disk.readFile(file);
  if (content.length === 0) return { file, byte: 0, bit: 0, outcome: 'harmless' };
  const place = { file, byte: random.uint32() % content.length, bit: random.uint32() % 8 };
  const changed = Buffer.from(content);
  changed[place.byte]! ^= 1 << place.bit;
  await host.disk.writeFile(file, changed);
  const copy = `${logDir}-copy`;
  try {
    const { isValid } = await verifyDirectory(host, logDir);
    await copyDirectory(host, logDir, copy);
    const read = await readEverything(host, copy);
    const isWhole = read.values.length === values.length;
    let last = -1;
    for (const value of read.values) {
      const index = values.indexOf(value, last + 1);
      if (index === -1)
        throw new Error(`readers get "${value}", which is not there: ${JSON.stringify(place)}`);
      last = index;
    }
    if (isValid && (!isWhole || read.error !== undefined))
      throw new Error(
        `verify finds nothing, but a reader does: ${JSON.stringify(place)} ${String(read.error)}`,
      );
    if (read.error !== undefined) return { ...place, outcome: 'refused' };
    return { ...place, outcome: isValid ? 'harmless' : 'reported' };
  } finally {
    await host.disk.writeFile(file, content);
    await host.disk.removeDirectory(copy);
  }
}

async function filesUnder(host: Host, directory: string): Promise<string[]> {
  const files: string[] = [];
  for (const { name, isDirectory } of await host.disk.list(directory)) {
    const path = join(directory, name);
    if (isDirectory) files.push(...(await filesUnder(host, path)));
    else if (name !== '.lock') files.push(path);
  }
  return files;
}

/** Opening a log changes its directory, so that is done with a copy. */
async function copyDirectory(host: Host, from: string, to: string): Promise<void> {
  await host.disk.removeDirectory(to);
  for (const file of await filesUnder(host, from)) {
    const target = join(to, relative(from, file));
    await host.disk.makeDirectory(join(target, '..'));
    await host.disk.writeFile(target, await host.disk.readFile(file));
  }
}

/** Every value in order, up to the first error. */
async function readEverything(host: Host, logDir: string): Promise<{ values: string[]; error: unknown }> {
  const values: string[] = [];
  const defaults = logConfig({ 'retention.ms': -1, 'index.interval.bytes': 300 });
  try {
    await using manager = await LogManager.open({ host, logDirs: [logDir], defaults, tailCacheBytes: 0 });
    const log = manager.get('orders', 0);
    if (log === undefined) return { values, error: manager.damagedPartitions.get('orders-0') };
    await readValues(log, values);
    return { values, error: undefined };
  } catch (error) {
    return { values, error };
  }
}

async function readValues(log: PartitionLog, values: string[]): Promise<void> {
  for (let offset = log.logStartOffset; offset < log.logEndOffset;) {
    const { records } = await log.read({ offset, maxBytes: 4096, minOneMessage: true, upTo: 'logEndOffset' });
    const batches = recordBatches(Buffer.concat(records));
    if (batches.length === 0) throw new Error(`nothing is read at offset ${offset}`);
    for (const batch of batches) {
      if (!batch.isControl) values.push(...decodeRecords(batch).map(({ value }) => String(value)));
      offset = batch.nextOffset;
    }
  }
}
