import type { GroupProperties } from '../group-properties.ts';
import { rangeAssignor } from './assignors/range-assignor.ts';
import type { AssignorMember, ServerAssignor } from './assignors/server-assignor.ts';
import { uniformAssignor } from './assignors/uniform-assignor.ts';
import type { ConsumerGroup } from './consumer-group.ts';
import type { GroupChange } from './group-change.ts';
import { NO_PARTITIONS, samePartitions } from './topic-partitions.ts';

const builtIn: readonly ServerAssignor[] = [uniformAssignor, rangeAssignor];

/** Names of the assignors that members may ask for, the default first. */
export function supportedAssignors(properties: GroupProperties): readonly string[] {
  const names = properties['group.consumer.assignors'].filter((name) =>
    builtIn.some((one) => one.name === name),
  );
  return names.length === 0 ? builtIn.map(({ name }) => name) : names;
}

/** The assignor most members prefer; the broker's default where nobody prefers one. */
export function assignorOf(group: ConsumerGroup, properties: GroupProperties): string {
  const supported = supportedAssignors(properties);
  const votes = new Map<string, number>();
  for (const { metadata } of group.members.values()) {
    const name = metadata.serverAssignor;
    if (name !== null && supported.includes(name)) votes.set(name, (votes.get(name) ?? 0) + 1);
  }
  const ranked = [...votes].toSorted(([, a], [, b]) => b - a);
  return ranked[0]?.[0] ?? supported[0]!;
}

/** Computes the target assignment of the group's epoch, unless the last one is too recent. */
export function updateTarget(change: GroupChange, group: ConsumerGroup): void {
  const { shard } = change;
  const { groupId, epoch } = group;
  if (epoch <= group.assignmentEpoch || isTooEarly(change, group)) return;
  const { members, partitionCounts } = assignorInput(change, group);
  const assignor = builtIn.find(({ name }) => name === assignorOf(group, shard.properties))!;
  const targets = assignor.assign(members, partitionCounts);
  for (const { memberId } of members) {
    const target = targets.get(memberId) ?? NO_PARTITIONS;
    const known = group.targets.get(memberId);
    if (known !== undefined && samePartitions(known, target)) continue;
    change.apply({ type: 'consumer-target', groupId, memberId, value: target });
  }
  const value = { epoch, timestampMs: shard.now.wallMs };
  change.apply({ type: 'consumer-target-epoch', groupId, value });
}

/** Many members that come at once should cost few assignments. A clock that was set back delays nothing. */
function isTooEarly({ shard }: GroupChange, group: ConsumerGroup): boolean {
  const sinceMs = shard.now.wallMs - group.assignedAtMs;
  return sinceMs >= 0 && sinceMs < shard.configOf(group.groupId)['consumer.assignment.interval.ms'];
}

function assignorInput({ shard }: GroupChange, group: ConsumerGroup) {
  const { byName } = shard.image.topics;
  const partitionCounts = new Map<string, number>();
  for (const name of [...group.subscribedTopics].toSorted()) {
    const topic = byName.get(name);
    if (topic !== undefined) partitionCounts.set(topic.id, topic.partitions.length);
  }
  const members = [...group.members.values()]
    .map(({ memberId, metadata }): AssignorMember => {
      const topicIds = group.topicsOf(metadata).flatMap((name) => byName.get(name)?.id ?? []);
      const { instanceId } = metadata;
      return { memberId, instanceId, topicIds: new Set(topicIds), previous: group.targetOf(memberId) };
    })
    // By UTF-16 units: no locale may decide who owns what.
    .toSorted((a, b) => (a.memberId < b.memberId ? -1 : 1));
  return { members, partitionCounts };
}
