import type { ShareGroupHeartbeatResponse } from '@millrace/protocol/messages/share-group-heartbeat';
import { ErrorCode } from '@millrace/protocol';
import type { BrokerServices } from '../broker-services.ts';
import type { ShareHeartbeatCall, ShareInitialization } from '../group/share/share-calls.ts';
import { callForStates, hasSucceeded, topicsOf } from './share-group-states.ts';
import { UNCHANGED } from './state/share-state.ts';

type Broker = Pick<BrokerServices, 'groups' | 'shares' | 'ensureInternalTopic' | 'logger'>;

/**
 * A heartbeat of a share group. Partitions that are new to the group are set up before it is answered, so that members are
 * told of them at once and not with their next heartbeats: the one that was the first to want them, and others that come
 * meanwhile. What could not be set up is left to the next heartbeat.
 */
export async function shareGroupHeartbeat(
  broker: Broker,
  call: ShareHeartbeatCall,
): Promise<ShareGroupHeartbeatResponse> {
  const { groupId } = call.request;
  const { response: first, initialize: wanted } = await broker.groups.call(groupId, call);
  const { initializations } = broker.shares;
  const underWay =
    wanted === undefined
      ? initializations.of(groupId)
      : initializations.during(groupId, () => initialize(broker, groupId, wanted));
  if (underWay === undefined || (wanted === undefined && !hasNothing(first))) return first;
  await underWay;
  const request = { ...call.request, memberEpoch: first.memberEpoch, subscribedTopicNames: null };
  const { response } = await broker.groups.call(groupId, { ...call, request, isRepeated: true });
  if (response.errorCode !== ErrorCode.NONE) return first;
  return { ...response, assignment: response.assignment ?? first.assignment };
}

/** Has a member been told that there is nothing for it? */
function hasNothing({ errorCode, assignment }: ShareGroupHeartbeatResponse): boolean {
  return errorCode === ErrorCode.NONE && assignment?.topicPartitions.length === 0;
}

/** Has the share coordinator set up partitions, and tells the group. */
async function initialize(
  broker: Broker,
  groupId: string,
  { stateEpoch, topics }: ShareInitialization,
): Promise<void> {
  const results = await callForStates(broker, groupId, topics, (key) => ({
    api: 'initialize',
    key,
    stateEpoch,
    startOffset: UNCHANGED,
  }));
  const { true: done = [], false: failed = [] } = Object.groupBy(results, (result) =>
    hasSucceeded(result) ? 'true' : 'false',
  );
  if (done.length > 0)
    await broker.groups.call(groupId, { api: 'shareInitialized', groupId, topics: topicsOf(done) });
  if (failed.length > 0) {
    broker.logger.warn('Share partitions could not be set up', { groupId, errorCode: failed[0]!.errorCode });
    await broker.groups.call(groupId, { api: 'shareNotInitialized', groupId, topics: topicsOf(failed) });
  }
}
