import { GroupChange } from '../consumer/group-change.ts';
import { type GroupShard, streamsDelayTimer } from '../group-shard.ts';
import { assignTasks, type AssignableMember } from './assignor/sticky-assignor.ts';
import type { StreamsGroup } from './streams-group.ts';
import { NO_TASKS, sameTasks, type Tasks } from './tasks.ts';
import { StreamsStatus, type StatusOfMember } from './topology/topology-status.ts';

/** The setting of a group that assignments depend on, by its name in records. */
export const STANDBY_REPLICAS = 'num.standby.replicas';

/** Starts the time in which a new group waits for more of its members, unless it runs already. */
export function delayFirstAssignment(shard: GroupShard, { groupId }: StreamsGroup): void {
  const delayMs = shard.configOf(groupId)['streams.initial.rebalance.delay.ms'];
  if (delayMs > 0 && !isDelayed(shard, groupId))
    shard.setTimer(streamsDelayTimer(groupId), delayMs, { type: 'streams-delay', groupId });
}

/** The time is over: whoever is there gets its tasks with its next heartbeat. */
export function onStreamsDelayTimer(shard: GroupShard, group: StreamsGroup): void {
  if (group.members.size === 0 || group.configured === undefined) return;
  const change = new GroupChange(shard);
  updateStreamsTarget(change, group, []);
  change.commitSilently();
}

/** Computes the target assignment of the group's epoch, unless it is too early; then `status` says so. */
export function updateStreamsTarget(
  change: GroupChange,
  group: StreamsGroup,
  status: StatusOfMember[],
): void {
  const { shard } = change;
  const { groupId, epoch } = group;
  const delay = delayOf(shard, group);
  if (delay !== undefined) {
    const statusDetail = `Assignment delayed due to the configured ${delay}.`;
    status.push({ statusCode: StreamsStatus.assignmentDelayed, statusDetail });
    return;
  }
  if (epoch <= group.assignmentEpoch) return;
  for (const [memberId, target] of computeTargets(group)) {
    const known = group.targets.get(memberId);
    if (known !== undefined && sameTasks(known, target)) continue;
    change.apply({ type: 'streams-target', groupId, memberId, value: target });
  }
  const value = { epoch, timestampMs: shard.now.wallMs };
  change.apply({ type: 'streams-target-epoch', groupId, value });
}

/** What the member is to move towards now. While the first assignment is delayed that is nothing. */
export function currentTarget(shard: GroupShard, group: StreamsGroup, memberId: string): Tasks {
  return isDelayed(shard, group.groupId) ? NO_TASKS : group.targetOf(memberId);
}

function isDelayed(shard: GroupShard, groupId: string): boolean {
  return shard.deadlines.dueMs(streamsDelayTimer(groupId)) !== undefined;
}

/** What the next assignment waits for. A clock that was set back delays nothing. */
function delayOf(shard: GroupShard, group: StreamsGroup): string | undefined {
  if (isDelayed(shard, group.groupId)) return 'initial rebalance delay';
  if (group.epoch <= group.assignmentEpoch || group.assignedAtMs === 0) return undefined;
  const sinceMs = shard.now.wallMs - group.assignedAtMs;
  const intervalMs = shard.configOf(group.groupId)['streams.assignment.interval.ms'];
  return sinceMs >= 0 && sinceMs < intervalMs ? 'assignment interval' : undefined;
}

/** Nobody has tasks while the topics are not as the topology needs them. */
function computeTargets(group: StreamsGroup): ReadonlyMap<string, Tasks> {
  const { configured, recordedEpoch } = group;
  const subtopologies = configured?.problem === undefined ? configured?.subtopologies : undefined;
  if (subtopologies === undefined)
    return new Map([...group.members.keys()].map((memberId) => [memberId, NO_TASKS]));
  const members = [...group.members.values()]
    .map(({ memberId, metadata }): AssignableMember => {
      return { memberId, processId: metadata.processId, previous: group.targetOf(memberId) };
    })
    // By UTF-16 units: no locale may decide who gets what.
    .toSorted((a, b) => (a.memberId < b.memberId ? -1 : 1));
  return assignTasks({
    members,
    subtopologies: [...subtopologies.values()],
    standbyReplicas: Number(recordedEpoch.assignmentConfigs.get(STANDBY_REPLICAS) ?? 0),
  });
}
