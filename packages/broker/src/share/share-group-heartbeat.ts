import type { ShareGroupHeartbeatResponse } from '@millrace/protocol/messages/share-group-heartbeat';
import { ErrorCode } from '@millrace/protocol';
import type { BrokerServices } from '../broker-services.ts';
import type { ShareHeartbeatCall, ShareInitialization } from '../group/share/share-calls.ts';
import { callForStates, hasSucceeded, topicsOf } from './share-group-states.ts';
import { UNCHANGED } from './state/share-state.ts';

type Broker = Pick<BrokerServices, 'groups' | 'shareCoordinator' | 'ensureInternalTopic' | 'logger'>;

/**
 * A heartbeat of a share group. Partitions that are new to the group are set up before it is answered, so that a member
 * is told of them at once and not with its next heartbeat.
 */
export async function shareGroupHeartbeat(
  broker: Broker,
  call: ShareHeartbeatCall,
): Promise<ShareGroupHeartbeatResponse> {
  const { groupId } = call.request;
  const first = await broker.groups.call(groupId, call);
  if (first.initialize === undefined) return first.response;
  const isReady = await initialize(broker, groupId, first.initialize);
  if (!isReady) return first.response;
  const { memberEpoch } = first.response;
  const request = { ...call.request, memberEpoch, subscribedTopicNames: null };
  const { response } = await broker.groups.call(groupId, { ...call, request });
  if (response.errorCode !== ErrorCode.NONE) return first.response;
  return { ...response, assignment: response.assignment ?? first.response.assignment };
}

/** @returns whether there is something new to be given to members */
async function initialize(
  broker: Broker,
  groupId: string,
  { stateEpoch, topics }: ShareInitialization,
): Promise<boolean> {
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
  return done.length > 0;
}
