import { PartitionChangeRecord } from '@millrace/protocol/messages/metadata-records';
import { LeaderRecoveryState, NO_LEADER, type PartitionImage } from '../metadata/cluster-image.ts';
import type { MetadataRecord } from '../metadata/metadata-record.ts';
import { LEADER_UNCHANGED } from '../metadata/partition-image.ts';
import { electLeader, type ElectionRules } from './elect-leader.ts';
import { completedReassignment, type Assignment } from './reassignment.ts';

/** What shall be different about a partition; what is left out stays. */
export interface PartitionTarget extends Partial<Assignment> {
  readonly inSyncReplicas?: readonly number[];
  readonly leaderRecoveryState?: number;
  /** A replica that stopped without having written everything to its disk: it is not eligible. */
  readonly uncleanReplica?: number;
  /** Where replicas are now, by broker. */
  readonly directories?: ReadonlyMap<number, string>;
}

/** A partition on its way from what it is to what it will be. */
interface Draft extends Assignment {
  readonly inSyncReplicas: readonly number[];
  readonly eligibleLeaderReplicas: readonly number[];
}

/**
 * The one way in which leaders, ISRs and replicas change: the wanted change, and what follows from it. A reassignment
 * that is through is completed; the ELR is kept up; a leader that may not lead any more is replaced; epochs are raised
 * where the old leader must notice.
 * @returns `undefined` when nothing changes
 */
export function partitionChange(
  topicId: string,
  old: PartitionImage,
  target: PartitionTarget,
  rules: ElectionRules,
): MetadataRecord | undefined {
  let draft = draftOf(old, target, rules);
  const { leader, isUnclean } = electLeader(old, draft, rules);
  // Whoever comes from the ELR, or uncleanly, begins alone: nobody else is known to have what it has.
  if (isUnclean || draft.eligibleLeaderReplicas.includes(leader)) {
    // Alone it may be enough to move the high watermark, and then the others are eligible no longer.
    const isEligibilityLost = isUnclean || rules.minInSyncReplicas <= 1 || !rules.isElrEnabled;
    const others = isEligibilityLost ? [] : draft.eligibleLeaderReplicas.filter((id) => id !== leader);
    draft = { ...draft, inSyncReplicas: [leader], eligibleLeaderReplicas: others };
  }
  const record = PartitionChangeRecord.create({ topicId, partitionId: old.index });
  // Without ELR the last member never leaves the ISR: it alone knows that it has everything.
  const mayWriteIsr = draft.inSyncReplicas.length > 0 || rules.isElrEnabled;
  if (mayWriteIsr && !isSame(draft.inSyncReplicas, old.inSyncReplicas))
    record.isr = [...draft.inSyncReplicas];
  if (leader !== old.leader || mustNoticeChange(old, draft, record, rules)) record.leader = leader;
  if (!isSame(draft.eligibleLeaderReplicas, old.eligibleLeaderReplicas))
    record.eligibleLeaderReplicas = [...draft.eligibleLeaderReplicas];
  record.lastKnownElr = changedLastKnownElr(old, record);
  writeAssignment(old, draft, { ...target, defaultDirectory: rules.defaultDirectory }, record);
  const recovery = isUnclean
    ? LeaderRecoveryState.RECOVERING
    : (target.leaderRecoveryState ?? old.leaderRecoveryState);
  if (recovery !== old.leaderRecoveryState) record.leaderRecoveryState = recovery;
  return isNothing(record) ? undefined : { type: 'PartitionChange', data: record };
}

function draftOf(old: PartitionImage, target: PartitionTarget, rules: ElectionRules): Draft {
  let draft = {
    replicas: target.replicas ?? old.replicas,
    addingReplicas: target.addingReplicas ?? old.addingReplicas,
    removingReplicas: target.removingReplicas ?? old.removingReplicas,
    inSyncReplicas: target.inSyncReplicas ?? old.inSyncReplicas,
  };
  const completed = completedReassignment(draft, draft.inSyncReplicas);
  if (completed !== undefined) draft = { ...completed, addingReplicas: [], removingReplicas: [] };
  return { ...draft, eligibleLeaderReplicas: eligibleReplicas(old, draft, target, rules) };
}

/**
 * Who is not in sync and has everything below the high watermark all the same: it stands still while the ISR is below
 * `min.insync.replicas`, so those who leave then miss nothing (KIP-966). When the feature is turned off while nobody is
 * in sync, they are still the only ones to elect.
 */
function eligibleReplicas(
  old: PartitionImage,
  { replicas, inSyncReplicas }: Omit<Draft, 'eligibleLeaderReplicas'>,
  { uncleanReplica }: PartitionTarget,
  { isElrEnabled, minInSyncReplicas }: ElectionRules,
): readonly number[] {
  const isAnybodyInSync = old.inSyncReplicas.length + inSyncReplicas.length > 0;
  if (isElrEnabled ? inSyncReplicas.length >= minInSyncReplicas : isAnybodyInSync) return [];
  const candidates = new Set([...old.eligibleLeaderReplicas, ...old.inSyncReplicas]);
  return [...candidates]
    .filter((id) => id !== uncleanReplica && replicas.includes(id) && !inSyncReplicas.includes(id))
    .toSorted((a, b) => a - b);
}

/** A leader that stays must begin a new epoch when replicas are taken away; and long ago when its ISR shrank. */
function mustNoticeChange(
  old: PartitionImage,
  { replicas }: Draft,
  { isr }: PartitionChangeRecord,
  { isShrinkInNewEpoch }: ElectionRules,
): boolean {
  if (old.replicas.some((id) => !replicas.includes(id))) return true;
  return isShrinkInNewEpoch && isr !== null && old.inSyncReplicas.some((id) => !isr.includes(id));
}

/** Who led last, noted when nobody is left, forgotten when somebody leads again; `null` for no change. */
function changedLastKnownElr(old: PartitionImage, { isr, leader }: PartitionChangeRecord): number[] | null {
  const { lastKnownElr } = old;
  if (isr?.length === 0) {
    const last = old.leader === NO_LEADER ? old.inSyncReplicas[0]! : old.leader;
    return isSame(lastKnownElr, [last]) ? null : [last];
  }
  const isLed = (leader === LEADER_UNCHANGED ? old.leader : leader) !== NO_LEADER;
  return isLed && lastKnownElr.length > 0 ? [] : null;
}

function writeAssignment(
  old: PartitionImage,
  { replicas, addingReplicas, removingReplicas }: Draft,
  {
    directories: moved,
    defaultDirectory,
  }: Pick<PartitionTarget & ElectionRules, 'directories' | 'defaultDirectory'>,
  record: PartitionChangeRecord,
): void {
  if (!isSame(replicas, old.replicas)) record.replicas = [...replicas];
  if (!isSame(addingReplicas, old.addingReplicas)) record.addingReplicas = [...addingReplicas];
  if (!isSame(removingReplicas, old.removingReplicas)) record.removingReplicas = [...removingReplicas];
  if (record.replicas === null && moved === undefined) return;
  const directories = replicas.map(
    (id) => moved?.get(id) ?? old.directories[old.replicas.indexOf(id)] ?? defaultDirectory(id),
  );
  if (!isSame(directories, old.directories)) record.directories = directories;
}

function isSame<Item>(a: readonly Item[], b: readonly Item[]): boolean {
  return a.length === b.length && a.every((item, index) => item === b[index]);
}

const nothing = PartitionChangeRecord.create();
const fields = Object.keys(nothing).filter(
  (name) => name !== 'topicId' && name !== 'partitionId',
) as (keyof PartitionChangeRecord)[];

function isNothing(record: PartitionChangeRecord): boolean {
  return fields.every((name) => record[name] === nothing[name]);
}
