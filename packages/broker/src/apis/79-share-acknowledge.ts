import { ApiKey, ErrorCode, KafkaError } from '@millrace/protocol';
import {
  ShareAcknowledgeRequest,
  ShareAcknowledgeResponse,
} from '@millrace/protocol/messages/share-acknowledge';
import { SHARE_VERSION, SHARE_VERSION_FEATURE } from '../metadata/features.ts';
import { requireFeature } from '../metadata/require-feature.ts';
import { FINAL_SHARE_EPOCH, INITIAL_SHARE_EPOCH } from '../share/session/share-session-cache.ts';
import { requireMemberId } from '../share/require-member-id.ts';
import { acknowledgeAll } from '../share/share-acknowledge.ts';
import { requireAllowed } from './access.ts';
import { defineHandler } from './handler.ts';
import { shareEndpoints, shareLeaderHint } from './leader-hint.ts';

export const shareAcknowledge = defineHandler({
  key: ApiKey.SHARE_ACKNOWLEDGE,
  minVersion: 1,
  maxVersion: 2,
  request: ShareAcknowledgeRequest,
  response: ShareAcknowledgeResponse,

  authorize: ({ groupId }, context) => requireAllowed(context, 'READ', 'GROUP', groupId ?? ''),

  validate({ groupId, memberId }, { broker }) {
    requireFeature(broker.image, SHARE_VERSION_FEATURE, SHARE_VERSION);
    if (groupId === null) throw new KafkaError('INVALID_REQUEST', '');
    requireMemberId(memberId);
  },

  async handle(request, context) {
    const { shares } = context.broker;
    const { shareSessionEpoch: epoch } = request;
    const [groupId, memberId] = [request.groupId!, request.memberId!];
    if (epoch === INITIAL_SHARE_EPOCH) throw new KafkaError('INVALID_SHARE_SESSION_EPOCH', '');
    const config = shares.configOf(groupId);
    const session = shares.sessions.find(groupId, memberId, epoch);
    if (epoch !== FINAL_SHARE_EPOCH) session.advance();
    const acknowledgements = request.topics.flatMap(({ topicId, partitions }) =>
      partitions.map(({ partitionIndex: index, acknowledgementBatches: batches }) => ({
        topicId,
        index,
        batches,
      })),
    );
    const member = { groupId, memberId, isRenewAck: request.isRenewAck };
    const acknowledged = await acknowledgeAll(member, acknowledgements, context);
    if (epoch === FINAL_SHARE_EPOCH) {
      shares.sessions.remove(groupId, memberId);
      await shares.release(session);
    }
    const results = acknowledged.map(({ topicId, index, errorCode, errorMessage }) => ({
      topicId,
      partitionIndex: index,
      errorCode,
      errorMessage,
      currentLeader: shareLeaderHint(errorCode, { topicId, index }, context),
    }));
    return {
      throttleTimeMs: 0,
      errorCode: ErrorCode.NONE,
      errorMessage: null,
      acquisitionLockTimeoutMs: config['share.record.lock.duration.ms'],
      responses: Array.from(
        Map.groupBy(results, ({ topicId }) => topicId),
        ([topicId, partitions]) => ({ topicId, partitions }),
      ),
      nodeEndpoints: shareEndpoints(results, context),
    };
  },

  fail: ({ errorCode, message }) => ({
    throttleTimeMs: 0,
    errorCode,
    errorMessage: message === '' ? null : message,
    acquisitionLockTimeoutMs: 0,
    responses: [],
    nodeEndpoints: [],
  }),
});
