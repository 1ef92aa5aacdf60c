import type { Host } from '@millrace/host';
import { buildBatch, endTxnMarker, type CompressionType } from '@millrace/protocol';
import { LogManager } from '../directory/log-manager.ts';
import { logConfig } from '../log-config.ts';
import type { PartitionLog } from '../partition/partition-log.ts';
import { START_MS, TOPIC_ID } from './test-log.ts';

export const SAMPLE_DIRECTORY = '/data';
export const SAMPLE_PARTITION = `${SAMPLE_DIRECTORY}/orders-0`;

const CODECS: readonly CompressionType[] = ['none', 'gzip', 'snappy', 'lz4', 'zstd'];
/** Of the producer whose batches are transactional. */
const TRANSACTIONAL = 102;

export interface SampleOptions {
  readonly batches?: number;
  readonly logDir?: string;
}

/**
 * A log directory with every kind of file: rolled segments, all codecs, idempotent and transactional producers with
 * commits and aborts, three leader epochs. It is closed in order.
 * @returns the records by offset, as `key=value`
 */
export async function writeSampleDirectory(
  host: Host,
  options: SampleOptions = {},
): Promise<Map<number, string>> {
  const defaults = logConfig({ 'internal.segment.bytes': 4000, 'index.interval.bytes': 300 });
  const manager = await LogManager.open({ host, logDirs: [options.logDir ?? SAMPLE_DIRECTORY], defaults });
  const log = await manager.create({ topic: 'orders', partition: 0, topicId: TOPIC_ID });
  const written = new Map<number, string>();
  const sequences = new Map<number, number>();
  const batches = options.batches ?? 90;
  for (let index = 0; index < batches; index++) {
    const leaderEpoch = Math.floor((index * 3) / batches);
    await appendSample(log, { index, leaderEpoch, sequences, written });
    if (index % 12 === 10) await endTransaction(log, index, leaderEpoch);
    log.updateHighWatermark(log.logEndOffset);
  }
  await manager.close();
  return written;
}

async function appendSample(
  log: PartitionLog,
  at: { index: number; leaderEpoch: number; sequences: Map<number, number>; written: Map<number, string> },
): Promise<void> {
  const { index, sequences } = at;
  const records = Array.from({ length: 1 + (index % 4) }, (_, position) => ({
    timestampMs: START_MS + index * 10 + position,
    key: `k${index % 7}`,
    value: `value-${index}-${position}-${'x'.repeat(index % 40)}`,
  }));
  const producerId = index % 4 === 0 ? -1 : 100 + (index % 3);
  const baseSequence = producerId < 0 ? -1 : (sequences.get(producerId) ?? 0);
  sequences.set(producerId, baseSequence + records.length);
  const batch = buildBatch(records, {
    compression: CODECS[index % CODECS.length]!,
    producerId,
    producerEpoch: producerId < 0 ? -1 : 0,
    baseSequence,
    isTransactional: producerId === TRANSACTIONAL,
  });
  const { baseOffset } = await log.append(batch, { origin: 'client', leaderEpoch: at.leaderEpoch });
  records.forEach(({ key, value }, position) => at.written.set(baseOffset + position, `${key}=${value}`));
}

async function endTransaction(log: PartitionLog, index: number, leaderEpoch: number): Promise<void> {
  const marker = endTxnMarker({
    type: index % 24 === 10 ? 'ABORT' : 'COMMIT',
    producerId: TRANSACTIONAL,
    producerEpoch: 0,
    coordinatorEpoch: 0,
    timestampMs: START_MS + index * 10,
  });
  await log.append(marker, { origin: 'coordinator', leaderEpoch });
}
