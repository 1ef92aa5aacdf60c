import type { RecordBatch } from '@millrace/protocol';
import { MetadataModel, type ModelPartition } from './metadata-model.ts';

/**
 * R4, R6 and R7 after every batch of a metadata log that begins at offset 0.
 *
 * @param defaultMinInSync what the nodes have as `min.insync.replicas`
 */
export function metadataProblems(batches: readonly RecordBatch[], defaultMinInSync: number): string[] {
  const model = new MetadataModel();
  const leaders = new Map<string, number>();
  const problems: string[] = [];
  for (const batch of batches) {
    for (const key of model.replay(batch)) {
      const partition = model.partitions.get(key);
      if (partition === undefined) continue;
      const found = [
        ...partitionProblems(partition),
        ...electionProblems(partition, leaders),
        ...elrProblems(partition, minInSync(model, partition, defaultMinInSync)),
      ];
      problems.push(...found.map((problem) => `metadata @${batch.baseOffset}: ${key}: ${problem}`));
    }
    problems.push(...fencedProblems(model).map((problem) => `metadata @${batch.baseOffset}: ${problem}`));
    if (problems.length > 5) break;
  }
  return problems;
}

function partitionProblems({ replicas, isr, elr, leader }: ModelPartition): string[] {
  const problems: string[] = [];
  const outside = [...isr, ...elr].filter((id) => !replicas.includes(id));
  if (outside.length > 0)
    problems.push(
      `${String(outside)} in ISR ${String(isr)} or ELR ${String(elr)}, but not in replicas ${String(replicas)}`,
    );
  const both = isr.filter((id) => elr.includes(id));
  if (both.length > 0) problems.push(`${String(both)} is in the ISR and in the ELR`);
  if (leader >= 0 && !isr.includes(leader))
    problems.push(`leader ${leader} is not in the ISR ${String(isr)}`);
  return problems;
}

/** R4: the leader of an epoch never changes. */
function electionProblems(
  { topicId, partition, leader, leaderEpoch }: ModelPartition,
  leaders: Map<string, number>,
): string[] {
  const key = `${topicId}-${partition} ${leaderEpoch}`;
  const before = leaders.get(key);
  leaders.set(key, leader);
  if (before === undefined || before === leader) return [];
  return [`epoch ${leaderEpoch} has two leaders, ${before} and ${leader}`];
}

function elrProblems({ isr, elr }: ModelPartition, minimum: number): string[] {
  if (elr.length === 0 || isr.length < minimum) return [];
  return [`ELR ${String(elr)} with an ISR of ${String(isr)}, which is at least ${minimum}`];
}

/** R6. The last member of an ISR may be fenced: without ELR it is all there is left. */
function fencedProblems(model: MetadataModel): string[] {
  const problems: string[] = [];
  for (const [key, { isr }] of model.partitions) {
    if (isr.length < 2) continue;
    const fenced = isr.filter((id) => model.brokers.get(id)?.isFenced !== false);
    if (fenced.length > 0) problems.push(`${key}: fenced ${String(fenced)} in the ISR ${String(isr)}`);
  }
  return problems;
}

function minInSync(
  model: MetadataModel,
  { topic, replicas }: ModelPartition,
  defaultMinimum: number,
): number {
  const wanted = model.minInSync.get(`2 ${topic}`) ?? model.minInSync.get('4 ') ?? defaultMinimum;
  return Math.min(wanted, replicas.length);
}

/** K6: a snapshot is what the log before it comes to. */
export function snapshotProblems(
  snapshots: ReadonlyMap<number, readonly RecordBatch[]>,
  log: readonly RecordBatch[],
): string[] {
  const problems: string[] = [];
  for (const [endOffset, batches] of snapshots) {
    const [ofSnapshot, ofLog] = [new MetadataModel(), new MetadataModel()];
    for (const batch of batches) ofSnapshot.replay(batch);
    if (log.at(-1) === undefined || log.at(-1)!.nextOffset < endOffset || log[0]!.baseOffset > 0) continue;
    for (const batch of log) if (batch.nextOffset <= endOffset) ofLog.replay(batch);
    if (ofSnapshot.describe() === ofLog.describe()) continue;
    problems.push(
      `snapshot @${endOffset} has\n${ofSnapshot.describe()}\nand the log before it\n${ofLog.describe()}`,
    );
  }
  return problems;
}
