import type { SimulatedHost } from '@millrace/host';
import { batchSizeBytes, isBatchCrcValid, RecordBatch } from '@millrace/protocol';

const MIN_SIZE_BYTES = 61;

/** One replica's log as its disk has it: whole and valid batches up to the first that is neither. */
export interface StoredLog {
  /** For example `orders-0`. */
  readonly name: string;
  /** A topic that was created again is another one. Empty where a crash has left none. */
  readonly topicId: string;
  readonly batches: readonly RecordBatch[];
}

/** Every log of a machine, by name. Looks at the files without any event of the simulation. */
export function storedLogs(machine: SimulatedHost, directory = '/data'): Map<string, StoredLog> {
  const logs = new Map<string, StoredLog>();
  const { files } = machine;
  if (files.stat(directory) === undefined) return logs;
  for (const { name, isDirectory } of files.list(directory)) {
    if (!isDirectory || !/-\d+$/.test(name)) continue;
    const path = `${directory}/${name}`;
    logs.set(name, { name, topicId: topicIdOf(machine, path), batches: batchesOf(machine, path) });
  }
  return logs;
}

/** The snapshots of the metadata log, by the offset behind their last record. */
export function storedSnapshots(
  machine: SimulatedHost,
  directory = '/data',
): Map<number, readonly RecordBatch[]> {
  const path = `${directory}/__cluster_metadata-0`;
  const snapshots = new Map<number, readonly RecordBatch[]>();
  if (machine.files.stat(path) === undefined) return snapshots;
  for (const { name } of machine.files.list(path)) {
    if (!/^\d{20}-\d{10}\.checkpoint$/.test(name)) continue;
    snapshots.set(Number(name.slice(0, 20)), validBatches(contentOf(machine, `${path}/${name}`)));
  }
  return snapshots;
}

function batchesOf(machine: SimulatedHost, directory: string): RecordBatch[] {
  const names = machine.files.list(directory).map(({ name }) => name);
  const segments = names.filter((name) => /^\d{20}\.log$/.test(name)).toSorted((a, b) => (a < b ? -1 : 1));
  return segments.flatMap((name) => validBatches(contentOf(machine, `${directory}/${name}`)));
}

function topicIdOf(machine: SimulatedHost, directory: string): string {
  const path = `${directory}/partition.metadata`;
  if (machine.files.stat(path) === undefined) return '';
  return /topic_id: (\S+)/.exec(contentOf(machine, path).toString())?.[1] ?? '';
}

function contentOf(machine: SimulatedHost, path: string): Buffer {
  return machine.files.fileAt(path, 'open').content.toBuffer();
}

function validBatches(bytes: Buffer): RecordBatch[] {
  const batches: RecordBatch[] = [];
  for (let at = 0; at + MIN_SIZE_BYTES <= bytes.length;) {
    const size = batchSizeBytes(bytes, at);
    if (size < MIN_SIZE_BYTES || at + size > bytes.length || !isBatchCrcValid(bytes, at)) break;
    batches.push(new RecordBatch(bytes.subarray(at, at + size)));
    at += size;
  }
  return batches;
}
