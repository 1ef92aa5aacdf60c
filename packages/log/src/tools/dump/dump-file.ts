import { basename, dirname } from 'node:path';
import type { Disk, Host } from '@millrace/host';
import { CorruptFileError } from '../../errors.ts';
import { parsePartitionDirectoryName } from '../../files/partition-directory-name.ts';
import { parseSegmentFileName } from '../../files/segment-file-name.ts';
import { decoderForTopic, type RecordDecoderName } from '../decode/record-decoder.ts';
import { dumpBatches } from './dump-batches.ts';
import type { DumpEntry } from './dump-entry.ts';
import { dumpTable } from './dump-tables.ts';
import { textReader, type TextReader } from './dump-text.ts';

export interface DumpOptions {
  /** Records too, not batches alone. Default false. */
  readonly deep?: boolean;
  /** How keys and values are shown. By default what the topic calls for: the directory's name tells which it is. */
  readonly decoder?: RecordDecoderName;
  /** Batches that end below are left out. Default 0. */
  readonly fromOffset?: number;
  readonly signal?: AbortSignal;
}

/**
 * What one file of a log directory holds, in the order of the file: segments, indexes, producer snapshots,
 * checkpoints, metadata snapshots. The name of the file says what it is. A file that is damaged ends in a `damage`
 * entry, so that what comes before can be seen.
 * @throws CorruptFileError for a file that is none of these; errors of the disk, such as ENOENT
 */
export async function* dumpFile(
  host: Pick<Host, 'disk'>,
  path: string,
  options: DumpOptions = {},
): AsyncGenerator<DumpEntry> {
  const entries = entriesOf(host, path, options);
  try {
    yield* entries;
  } catch (error) {
    if (!(error instanceof CorruptFileError || error instanceof SyntaxError)) throw error;
    const position = error instanceof CorruptFileError ? error.position : 0;
    yield { type: 'damage', file: path, position, problem: error.message };
  }
}

function entriesOf(host: Pick<Host, 'disk'>, path: string, options: DumpOptions): AsyncGenerator<DumpEntry> {
  const { disk } = host;
  const name = basename(path);
  const segmentFile = parseSegmentFileName(name);
  if (segmentFile?.suffix === '.log' || name.endsWith('.checkpoint')) {
    const topic = parsePartitionDirectoryName(basename(dirname(path)))?.topic ?? '';
    return dumpBatches(disk, path, {
      deep: options.deep ?? false,
      decoder: options.decoder ?? (name.endsWith('.checkpoint') ? 'metadata' : decoderForTopic(topic)),
      fromOffset: options.fromOffset ?? 0,
      signal: options.signal,
    });
  }
  if (segmentFile !== undefined) return dumpTable(disk, path, segmentFile);
  const read = textReader(path);
  if (read === undefined) throw new CorruptFileError(path, 0, 'its name is not that of a file of a log');
  return dumpTextFile(disk, path, read);
}

async function* dumpTextFile(disk: Disk, path: string, read: TextReader): AsyncGenerator<DumpEntry> {
  yield* read((await disk.readFile(path)).toString('utf8'), path);
}
