import { KafkaError } from '@millrace/protocol';
import type {
  StreamsGroupHeartbeatRequest,
  StreamsGroupHeartbeatRequestTopology,
} from '@millrace/protocol/messages/streams-group-heartbeat';
import { JOIN_EPOCH, STATIC_LEAVE_EPOCH } from './streams-member.ts';

/**
 * What can be said about a heartbeat without looking at its group. Order and texts are those of Apache Kafka.
 * @throws KafkaError INVALID_REQUEST, STREAMS_INVALID_TOPOLOGY
 */
export function checkStreamsHeartbeat(request: StreamsGroupHeartbeatRequest): void {
  refuseUnsupported(request);
  refuseEmpty(request.memberId, 'MemberId');
  refuseEmpty(request.groupId, 'GroupId');
  refuseEmpty(request.rackId, 'RackId');
  const { memberEpoch, activeTasks, standbyTasks, warmupTasks, topology } = request;
  if (memberEpoch === JOIN_EPOCH) checkJoin(request);
  // A static member would have an instance id, which was refused.
  else if (memberEpoch === STATIC_LEAVE_EPOCH) throw invalid("InstanceId can't be null.");
  else if (memberEpoch < STATIC_LEAVE_EPOCH)
    throw invalid(`MemberEpoch is ${memberEpoch}, but must be greater than or equal to -2.`);
  const tasks = [activeTasks, standbyTasks, warmupTasks];
  if (tasks.includes(null) && tasks.some((one) => one !== null))
    throw invalid('If one task-type is non-null, all must be non-null.');
  if (memberEpoch !== JOIN_EPOCH && topology !== null)
    throw invalid('Topology can only be provided when (re-)joining.');
}

function refuseUnsupported(request: StreamsGroupHeartbeatRequest): void {
  const { instanceId, taskOffsets, taskEndOffsets, warmupTasks, topology } = request;
  if (instanceId !== null) throw invalid('Static membership is not yet supported.');
  if (taskOffsets !== null) throw invalid('TaskOffsets are not supported yet.');
  if (taskEndOffsets !== null) throw invalid('TaskEndOffsets are not supported yet.');
  if (warmupTasks !== null && warmupTasks.length > 0) throw invalid('WarmupTasks are not supported yet.');
  if (topology?.subtopologies.some(({ sourceTopicRegex }) => sourceTopicRegex.length > 0) === true)
    throw invalid('Regular expressions for source topics are not supported yet.');
}

function checkJoin(request: StreamsGroupHeartbeatRequest): void {
  const { activeTasks, standbyTasks, warmupTasks } = request;
  if (request.rebalanceTimeoutMs === -1)
    throw invalid('RebalanceTimeoutMs must be provided in first request.');
  for (const [name, tasks] of Object.entries({
    ActiveTasks: activeTasks,
    StandbyTasks: standbyTasks,
    WarmupTasks: warmupTasks,
  }))
    if (tasks === null || tasks.length > 0) throw invalid(`${name} must be empty when (re-)joining.`);
  if (request.topology === null) throw invalid('Topology must be non-null when (re-)joining.');
  checkTopology(request.topology);
}

function checkTopology({ subtopologies }: StreamsGroupHeartbeatRequestTopology): void {
  for (const { stateChangelogTopics } of subtopologies) {
    for (const { name, partitions } of stateChangelogTopics) {
      if (partitions === 0) continue;
      const text = `Changelog topic ${name} must have an undefined partition count, but it is set to ${partitions}.`;
      throw new KafkaError('STREAMS_INVALID_TOPOLOGY', text);
    }
  }
  const ids = subtopologies.map(({ subtopologyId }) => subtopologyId);
  const repeated = ids.find((id, at) => ids.indexOf(id) !== at);
  if (repeated !== undefined)
    throw new KafkaError('STREAMS_INVALID_TOPOLOGY', `Subtopology ${repeated} is described twice.`);
}

function refuseEmpty(value: string | null, name: string): void {
  if (value?.trim() === '') throw invalid(`${name} can't be empty.`);
}

function invalid(text: string): KafkaError {
  return new KafkaError('INVALID_REQUEST', text);
}
