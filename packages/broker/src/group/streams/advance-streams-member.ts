import { KafkaError } from '@millrace/protocol';
import type { StreamsGroupHeartbeatRequestTopology } from '@millrace/protocol/messages/streams-group-heartbeat';
import type { GroupChange } from '../consumer/group-change.ts';
import { topicsHash } from '../consumer/topics-hash.ts';
import { reconcileTasks } from './reconcile-tasks.ts';
import type { StreamsGroup } from './streams-group.ts';
import { watchStreamsRevocation } from './streams-timers.ts';
import type { StreamsEpoch } from './streams-records.ts';
import type { Tasks } from './tasks.ts';
import { configureTopology, type ConfiguredTopology } from './topology/configured-topology.ts';
import { requiredTopics, sameTopology, toStreamsTopology } from './topology/streams-topology.ts';
import type { StatusOfMember } from './topology/topology-status.ts';
import { currentTarget, STANDBY_REPLICAS, updateStreamsTarget } from './update-streams-target.ts';

/**
 * Takes over the topology that a member brings, where the group has none yet.
 * @throws KafkaError INVALID_REQUEST when the group has another one
 */
export function updateTopology(
  change: GroupChange,
  group: StreamsGroup,
  sent: StreamsGroupHeartbeatRequestTopology | null,
): void {
  if (sent === null) return;
  const { groupId, topology: known } = group;
  const topology = toStreamsTopology(sent);
  if (known === undefined) change.apply({ type: 'streams-topology', groupId, value: topology });
  // A member of an older version of the application is told so, and stays.
  else if (known.epoch <= topology.epoch && !sameTopology(known, topology))
    throw new KafkaError('INVALID_REQUEST', 'Topology updates are not supported yet.');
}

/**
 * Begins the next epoch of the group where a member, a topic, or a setting that matters has changed.
 * @throws KafkaError STREAMS_INVALID_TOPOLOGY, INVALID_REQUEST
 */
export function refreshStreamsEpoch(
  change: GroupChange,
  group: StreamsGroup,
  { hasChanged, owned }: { readonly hasChanged: boolean; readonly owned: Tasks | undefined },
): void {
  const { shard } = change;
  const { groupId, recordedEpoch: known } = group;
  const configured = configure(change, group);
  group.configured = configured;
  const isReady = configured.problem === undefined;
  if (isReady && owned !== undefined) checkTasks(configured, owned);
  const standbyReplicas = String(shard.configOf(groupId)['streams.num.standby.replicas']);
  const isDue =
    hasChanged ||
    configured.metadataHash !== known.metadataHash ||
    (isReady ? configured.topology.epoch : -1) !== known.validatedTopologyEpoch ||
    known.assignmentConfigs.size !== 1 ||
    known.assignmentConfigs.get(STANDBY_REPLICAS) !== standbyReplicas;
  if (!isDue) return;
  beginStreamsEpoch(change, group, {
    metadataHash: configured.metadataHash,
    validatedTopologyEpoch: isReady ? configured.topology.epoch : -1,
    assignmentConfigs: new Map([[STANDBY_REPLICAS, standbyReplicas]]),
  });
}

/** The next epoch: everybody will be moved to it. */
export function beginStreamsEpoch(
  change: GroupChange,
  group: StreamsGroup,
  value: Omit<StreamsEpoch, 'epoch'>,
): void {
  const { groupId, state } = group;
  const epoch = group.epoch + 1;
  change.apply({ type: 'streams-epoch', groupId, value: { ...value, epoch } });
  change.shard.log('Group has a new epoch', { groupId, generation: epoch, state });
}

/** Computes the next target assignment if there is one to be, and takes the member one step towards its own. */
export function moveStreamsMember(
  change: GroupChange,
  group: StreamsGroup,
  memberId: string,
  { owned, status }: { readonly owned: Tasks | undefined; readonly status: StatusOfMember[] },
): void {
  const { shard } = change;
  updateStreamsTarget(change, group, status);
  const { groupId, assignmentEpoch } = group;
  const member = group.members.get(memberId)!;
  const tasks = currentTarget(shard, group, memberId);
  const next = reconcileTasks(member, { assignmentEpoch, tasks, owned, owners: group });
  if (next === member.current) return;
  change.apply({ type: 'streams-current', groupId, memberId, value: next });
  watchStreamsRevocation(shard, group, group.members.get(memberId)!);
}

/** The topology as it fits the topics of now; computed anew when topics that it needs have changed. */
function configure({ shard }: GroupChange, group: StreamsGroup): ConfiguredTopology {
  const { topics } = shard.image;
  const { configured, metadataHash: known } = group;
  const topology = group.topology!;
  const isSame = configured?.topology === topology && configured.metadataHash === known;
  if (isSame && configured.topics === topics) return configured;
  const metadataHash = topicsHash(requiredTopics(topology), topics);
  if (isSame && metadataHash === known) return { ...configured, topics };
  return configureTopology(topology, topics, metadataHash);
}

/** @throws KafkaError INVALID_REQUEST for tasks that the topology does not have */
function checkTasks({ subtopologies }: ConfiguredTopology, owned: Tasks): void {
  for (const tasks of [owned.active, owned.standby, owned.warmup]) {
    for (const [id, numbers] of tasks) {
      const count = subtopologies?.get(id)?.taskCount;
      if (count === undefined)
        throw new KafkaError('INVALID_REQUEST', `Subtopology ${id} does not exist in the topology.`);
      const wrong = numbers.find((task) => task < 0 || task >= count);
      if (wrong === undefined) continue;
      const text = `Task ${wrong} for subtopology ${id} is invalid. Number of tasks for this subtopology: ${count}`;
      throw new KafkaError('INVALID_REQUEST', text);
    }
  }
}
