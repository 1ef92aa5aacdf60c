import type { Host } from '@millrace/host';
import {
  batchBaseOffset,
  batchLastOffset,
  batchLeaderEpoch,
  batchSizeBytes,
  decodeRecords,
  recordBatches,
} from '@millrace/protocol';
import { LeaderEpochCache } from '../epoch/leader-epoch-cache.ts';
import type { LogManager } from '../directory/log-manager.ts';
import type { PartitionLog } from '../partition/partition-log.ts';
import { verifyDirectory } from '../tools/verify/verify-directory.ts';
import { TOPIC_ID } from './test-log.ts';
import { keyOf, openWorkloadLog, type CrashModel } from './crash-workload.ts';

export interface RecoveredFacts {
  readonly logStartOffset: number;
  readonly logEndOffset: number;
}

/** Opens what a crash left and checks every invariant. @throws Error saying what does not hold */
export async function checkRecovered(
  host: Host,
  model: CrashModel,
  expected: { readonly requiredEnd: number; readonly isCompacted: boolean },
): Promise<RecoveredFacts> {
  const manager = await openWorkloadLog(host, { isFlushed: false, isCompacted: expected.isCompacted });
  let facts: RecoveredFacts;
  try {
    facts = await checkManager(manager, model, expected);
  } finally {
    await manager.close();
  }
  if (facts.logEndOffset > 0) await checkFiles(host, expected.isCompacted);
  return facts;
}

/** What compaction takes from the log is only excused by its checkpoint, which a crash may come before. */
const compactionRules: ReadonlySet<string> = new Set([
  'offset-gap',
  'producer-snapshot',
  'transaction-index',
]);

/** What recovery derived, as it was saved, equals what a full scan derives. */
async function checkFiles(host: Host, isCompacted: boolean): Promise<void> {
  const { findings } = await verifyDirectory(host, '/data');
  const [first] = findings.filter(
    ({ severity, rule }) => severity === 'error' && !(isCompacted && compactionRules.has(rule)),
  );
  must(first === undefined, `${first?.file} at ${first?.position}: ${first?.rule}: ${first?.problem}`);
}

async function checkManager(
  manager: LogManager,
  model: CrashModel,
  { requiredEnd, isCompacted }: { readonly requiredEnd: number; readonly isCompacted: boolean },
): Promise<RecoveredFacts> {
  const [damaged] = manager.damagedPartitions;
  if (damaged !== undefined) throw new Error(`the partition did not open: ${damaged[1].message}`);
  const log = manager.get('orders', 0);
  if (log === undefined) {
    must(requiredEnd === 0, `the partition is gone, but must reach ${requiredEnd}`);
    return { logStartOffset: 0, logEndOffset: 0 };
  }
  must(
    log.topicId === TOPIC_ID || (log.topicId === '' && log.logEndOffset === 0),
    `the log of ${log.logEndOffset} records has the topic id "${log.topicId}"`,
  );
  if (log.topicId === '') await log.assignTopicId(TOPIC_ID);
  const { logStartOffset, lastStableOffset, highWatermark, logEndOffset } = log;
  must(
    logStartOffset <= lastStableOffset && lastStableOffset <= highWatermark && highWatermark <= logEndOffset,
    `offsets are out of order: start ${logStartOffset}, stable ${lastStableOffset}, watermark ${highWatermark}, end ${logEndOffset}`,
  );
  must(logEndOffset >= requiredEnd, `the log ends at ${logEndOffset}, but must reach ${requiredEnd}`);
  // A truncation below the log start that was cut off leaves an empty log at the log start.
  const mostEnd =
    logStartOffset === logEndOffset ? Math.max(model.values.length, model.maxLogStart) : model.values.length;
  must(
    logEndOffset <= mostEnd,
    `the log ends at ${logEndOffset}, but only ${model.values.length} were written`,
  );
  must(logStartOffset <= model.maxLogStart, `the log starts at ${logStartOffset}, over ${model.maxLogStart}`);
  await checkContent(log, model, isCompacted);
  return { logStartOffset, logEndOffset };
}

/** Every offset from log start to log end has the value that was written there, and epochs are those of the batches. */
async function checkContent(log: PartitionLog, model: CrashModel, isCompacted: boolean): Promise<void> {
  const present = new Set<number>();
  const epochs = new LeaderEpochCache();
  let next = log.logStartOffset;
  while (next < log.logEndOffset) {
    const { records } = await log.read({
      offset: next,
      maxBytes: 300,
      minOneMessage: true,
      upTo: 'logEndOffset',
    });
    const buffer = Buffer.concat(records);
    if (isCompacted && buffer.length === 0) break;
    must(buffer.length > 0, `nothing is read at offset ${next} of ${log.logEndOffset}`);
    for (let at = 0; at < buffer.length; at += batchSizeBytes(buffer, at)) {
      const epoch = batchLeaderEpoch(buffer, at);
      if (epoch > epochs.latestEpoch)
        epochs.assign(epoch, Math.max(batchBaseOffset(buffer, at), log.logStartOffset));
    }
    for (const batch of recordBatches(buffer)) {
      must(isCompacted || batch.baseOffset <= next, `offsets ${next} to ${batch.baseOffset - 1} are missing`);
      for (const record of batch.isControl ? [] : decodeRecords(batch)) {
        present.add(record.offset);
        must(
          model.values[record.offset] === record.value?.toString(),
          `offset ${record.offset} holds ${record.value?.toString()}, expected ${model.values[record.offset]}`,
        );
      }
      next = batchLastOffset(batch.buffer, 0) + 1;
    }
  }
  if (isCompacted) checkLastValues(log, model, present);
  must(
    isCompacted || next === log.logEndOffset || log.logStartOffset === log.logEndOffset,
    `the last batch ends at ${next}, the log at ${log.logEndOffset}`,
  );
  must(
    log.latestEpoch === epochs.latestEpoch || epochs.latestEpoch === -1,
    `latest epoch ${log.latestEpoch} is not ${epochs.latestEpoch}`,
  );
  for (const { epoch, startOffset } of epochs.entries) {
    must(
      log.epochForOffset(startOffset) === epoch,
      `offset ${startOffset} has epoch ${log.epochForOffset(startOffset)}, not ${epoch}`,
    );
  }
}

/** The last value of every key is there, unless its transaction was aborted. */
function checkLastValues(log: PartitionLog, model: CrashModel, present: ReadonlySet<number>): void {
  const last = new Map<string, number>();
  for (let offset = 0; offset < log.logEndOffset; offset++) {
    const value = model.values[offset];
    if (value !== undefined && !model.aborted.has(offset)) last.set(keyOf(value), offset);
  }
  for (const [key, offset] of last)
    must(present.has(offset), `the last value of ${key}, at offset ${offset}, is missing`);
}

function must(condition: boolean, problem: string): asserts condition {
  if (!condition) throw new Error(problem);
}
