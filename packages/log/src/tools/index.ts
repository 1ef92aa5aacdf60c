/**
 * Tools for the files of a log directory, whether Millrace or Apache Kafka wrote them: dump, verify, repair.
 *
 * ```ts
 * import { memoryHost } from '@millrace/host';
 * import { LogManager } from '@millrace/log';
 * import { dumpFile, verifyDirectory } from '@millrace/log/tools';
 * import { buildBatch } from '@millrace/protocol';
 *
 * const host = memoryHost();
 * const manager = await LogManager.open({ host, logDirs: ['/data'] });
 * const log = await manager.create({ topic: 'orders', partition: 0, topicId: 'AAAAAAAAAAAAAAAAAAAAAQ' });
 * const batch = buildBatch([{ timestampMs: 1700000000000, key: 'order-1', value: 'created' }]);
 * await log.append(batch, { origin: 'client', leaderEpoch: 0 });
 * await manager.close();
 *
 * const report = await verifyDirectory(host, '/data');
 * console.log(report.isValid, report.batches); // true 1
 * for await (const entry of dumpFile(host, '/data/orders-0/00000000000000000000.log', { deep: true })) {
 *   if (entry.type !== 'record') continue;
 *   console.log(entry.offset, entry.key, entry.value); // 0 order-1 created
 * }
 * ```
 *
 * @packageDocumentation
 */
export { dumpFile, type DumpOptions } from './dump/dump-file.ts';
export type {
  AbortedTransactionEntry,
  BatchEntry,
  CheckpointEntry,
  ControlEntry,
  DamageEntry,
  DumpEntry,
  EpochEntryLine,
  OffsetIndexEntry,
  ProducerEntryLine,
  PropertyEntry,
  RecordEntry,
  TimeIndexEntry,
  UnusedEntry,
} from './dump/dump-entry.ts';
export {
  decoderForTopic,
  recordDecoders,
  type DecodedParts,
  type RecordDecoder,
  type RecordDecoderName,
} from './decode/record-decoder.ts';
export { type PlainValue } from './decode/plain-value.ts';
export { verifyDirectory, type VerifyOptions } from './verify/verify-directory.ts';
export type { Finding, FindingRule, Severity, VerifyProgress, VerifyReport } from './verify/verify-report.ts';
export { repairDirectory, type RepairOptions } from './repair/repair-directory.ts';
export type { RepairReport, RepairStep } from './repair/repair-report.ts';
