import { ErrorCode, KafkaError } from '@millrace/protocol';
import {
  StreamsGroupHeartbeatResponse,
  type StreamsGroupHeartbeatRequest,
} from '@millrace/protocol/messages/streams-group-heartbeat';
import { GroupChange } from '../consumer/group-change.ts';
import type { GroupShard } from '../group-shard.ts';
import { moveStreamsMember, refreshStreamsEpoch, updateTopology } from './advance-streams-member.ts';
import { checkStreamsHeartbeat } from './check-streams-heartbeat.ts';
import { endpointPartitions } from './endpoint-partitions.ts';
import { admitStreamsMember, findStreamsGroup, openStreamsGroup } from './find-streams-group.ts';
import { leaveStreamsGroup } from './leave.ts';
import type { StreamsHeartbeatCall, StreamsHeartbeatReply } from './streams-calls.ts';
import type { StreamsGroup } from './streams-group.ts';
import {
  JOIN_EPOCH,
  LEAVE_EPOCH,
  NEW_STREAMS_MEMBER,
  sameStreamsMember,
  type StreamsMember,
  type StreamsMemberMetadata,
} from './streams-member.ts';
import { refuseStreamsCall } from './streams-refusal.ts';
import { restartStreamsSession } from './streams-timers.ts';
import { fromTaskIds, sameAssignedTasks, type Tasks, toTaskIds, withoutEpochs } from './tasks.ts';
import { StreamsStatus, type StatusOfMember } from './topology/topology-status.ts';
import { delayFirstAssignment } from './update-streams-target.ts';

/** StreamsGroupHeartbeat: joins, says what tasks the member has, is told what it is to have, leaves. */
export function streamsHeartbeat(shard: GroupShard, call: StreamsHeartbeatCall, replyId: number): void {
  const change = new GroupChange(shard);
  try {
    checkStreamsHeartbeat(call.request);
    change.commit(replyId, call, beat(change, call));
  } catch (error) {
    if (!(error instanceof KafkaError)) throw error;
    change.abandon();
    shard.reply(replyId, refuseStreamsCall(call, error.errorCode, error.message || null));
  }
}

function beat(change: GroupChange, call: StreamsHeartbeatCall): StreamsHeartbeatReply {
  const { shard } = change;
  const { request } = call;
  const { groupId, memberId, memberEpoch } = request;
  const isNew = !shard.streamsGroups.has(groupId);
  const opened =
    memberEpoch === JOIN_EPOCH ? openStreamsGroup(change, groupId) : findStreamsGroup(shard, groupId);
  if (memberEpoch === LEAVE_EPOCH) return leaveStreamsGroup(change, opened, call);
  const owned = ownedTasks(request);
  const isFirst = opened.members.size === 0;
  const before = admitStreamsMember(shard, opened, request, owned);
  const metadata = updatedMetadata(before?.metadata, call);
  const hasChanged = before === undefined || !sameStreamsMember(before.metadata, metadata);
  if (hasChanged) change.apply({ type: 'streams-member', groupId, memberId, value: metadata });
  const group = shard.streamsGroups.get(groupId)!;
  updateTopology(change, group, request.topology);
  const status = staleness(group, metadata);
  refreshStreamsEpoch(change, group, { hasChanged, owned });
  if (isFirst) delayFirstAssignment(shard, group);
  moveStreamsMember(change, group, memberId, { owned, status });
  restartStreamsSession(shard, group, memberId);
  if (request.shutdownApplication) group.requestShutdown(memberId);
  status.push(...problems(group));
  return {
    response: welcome(shard, group, { request, before, status, isNew }),
    missingTopics: group.configured!.missingTopics,
  };
}

/** `undefined` when the member does not say. */
function ownedTasks({ activeTasks, standbyTasks, warmupTasks }: StreamsGroupHeartbeatRequest) {
  if (activeTasks === null || standbyTasks === null || warmupTasks === null) return undefined;
  const tasks: Tasks = {
    active: fromTaskIds(activeTasks),
    standby: fromTaskIds(standbyTasks),
    warmup: fromTaskIds(warmupTasks),
  };
  return tasks;
}

/** What is null in a request has not changed. */
function updatedMetadata(
  before: StreamsMemberMetadata = NEW_STREAMS_MEMBER,
  { request, clientId, clientHost }: StreamsHeartbeatCall,
): StreamsMemberMetadata {
  const { rebalanceTimeoutMs, topology, userEndpoint, clientTags } = request;
  const tags = clientTags && new Map(clientTags.map(({ key, value }) => [key, value]));
  return {
    rackId: request.rackId ?? before.rackId,
    clientId,
    clientHost,
    rebalanceTimeoutMs: rebalanceTimeoutMs === -1 ? before.rebalanceTimeoutMs : rebalanceTimeoutMs,
    topologyEpoch: topology?.epoch ?? before.topologyEpoch,
    processId: request.processId ?? before.processId,
    userEndpoint: userEndpoint ? { host: userEndpoint.host, port: userEndpoint.port } : before.userEndpoint,
    clientTags: tags
      ? [...tags].map(([key, value]) => ({ key, value })).toSorted((a, b) => (a.key < b.key ? -1 : 1))
      : before.clientTags,
  };
}

function staleness({ topology }: StreamsGroup, { topologyEpoch }: StreamsMemberMetadata): StatusOfMember[] {
  if (topology === undefined || topologyEpoch >= topology.epoch) return [];
  const statusDetail = `The member's topology epoch ${topologyEpoch} is behind the group's topology epoch ${topology.epoch}.`;
  return [{ statusCode: StreamsStatus.staleTopology, statusDetail }];
}

/** What keeps the application from running. */
function problems({ configured, shutdownBy }: StreamsGroup): StatusOfMember[] {
  const found: StatusOfMember[] = [];
  if (configured?.problem !== undefined) found.push(configured.problem);
  if (shutdownBy !== undefined) {
    const statusDetail = `Streams group member ${shutdownBy} encountered a fatal error and requested a shutdown for the entire application.`;
    found.push({ statusCode: StreamsStatus.shutdownApplication, statusDetail });
  }
  return found;
}

interface Beat {
  readonly request: StreamsGroupHeartbeatRequest;
  /** The member as it was. */
  readonly before: StreamsMember | undefined;
  readonly status: readonly StatusOfMember[];
  /** Has this heartbeat made the group? */
  readonly isNew: boolean;
}

/** Tasks are told when they have changed, and to whoever starts afresh. */
function welcome(
  shard: GroupShard,
  group: StreamsGroup,
  { request, before, status, isNew }: Beat,
): StreamsGroupHeartbeatResponse {
  const { memberId, metadata, current } = group.members.get(request.memberId)!;
  const { assigned } = current;
  const isTold =
    request.memberEpoch === JOIN_EPOCH ||
    before === undefined ||
    !sameAssignedTasks(before.current.assigned, assigned);
  const isOther = isTold && metadata.userEndpoint !== null;
  const endpointEpoch = group.endpointEpoch + (isOther ? 1 : 0);
  // Apache Kafka counts from the second heartbeat of a group on; the first is answered with 0.
  if (!isNew) group.endpointEpoch = endpointEpoch;
  return StreamsGroupHeartbeatResponse.create({
    errorCode: ErrorCode.NONE,
    memberId,
    memberEpoch: current.memberEpoch,
    heartbeatIntervalMs: shard.configOf(group.groupId)['streams.heartbeat.interval.ms'],
    status: [...status],
    activeTasks: isTold ? toTaskIds(withoutEpochs(assigned.active)) : null,
    standbyTasks: isTold ? toTaskIds(assigned.standby) : null,
    warmupTasks: isTold ? toTaskIds(assigned.warmup) : null,
    endpointInformationEpoch: group.endpointEpoch,
    partitionsByUserEndpoint:
      endpointEpoch === request.endpointInformationEpoch
        ? null
        : endpointPartitions(group, shard.image.topics),
  });
}
