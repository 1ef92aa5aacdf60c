import { ErrorCode } from '@millrace/protocol';
import { CreateTopicsRequest, CreateTopicsResponse } from '@millrace/protocol/messages/create-topics';
import {
  StreamsGroupHeartbeatRequest,
  StreamsGroupHeartbeatResponse,
} from '@millrace/protocol/messages/streams-group-heartbeat';
import { UpdateFeaturesRequest, UpdateFeaturesResponse } from '@millrace/protocol/messages/update-features';
import { describe, expect, it } from 'vitest';
import { GroupSession, TOPIC } from '../group/testing/group-session.ts';
import {
  internalTopic,
  joiningStreamsCall,
  streamsCall,
  subtopology,
} from '../group/testing/streams-test-calls.ts';
import { StreamsStatus } from '../group/streams/topology/topology-status.ts';

const { STREAMS_INVALID_TOPOLOGY, UNSUPPORTED_VERSION } = ErrorCode;
const VERSION = 0;

function send(session: GroupSession, { request: message }: ReturnType<typeof streamsCall>) {
  return session.connection.send({
    request: StreamsGroupHeartbeatRequest,
    response: StreamsGroupHeartbeatResponse,
    version: VERSION,
    message,
  });
}

/** Reads `orders`, and keeps state in a changelog of this name. */
function joining(changelog: string, replicationFactor = 0) {
  const topic = { ...internalTopic(changelog), replicationFactor };
  const subtopologies = [subtopology({ sourceTopics: [TOPIC], stateChangelogTopics: [topic] })];
  return joiningStreamsCall('m', { topology: { epoch: 0, subtopologies } });
}

/** Topics are created one after the other: those that a heartbeat has asked for are there, or never will be. */
async function waitForTopics(session: GroupSession): Promise<void> {
  await session.connection.send({
    request: CreateTopicsRequest,
    response: CreateTopicsResponse,
    version: 7,
    message: {
      topics: [{ name: 'later', numPartitions: 1, replicationFactor: 1, assignments: [], configs: [] }],
      timeoutMs: 10_000,
      validateOnly: false,
    },
  });
}

describe('StreamsGroupHeartbeat', () => {
  it('has internal topics created, and gives out tasks when they are there', async () => {
    await using session = await GroupSession.open();
    expect(await send(session, joining('app-changelog'))).toMatchObject({
      errorCode: ErrorCode.NONE,
      memberEpoch: 2,
      activeTasks: [],
      status: [
        {
          statusCode: StreamsStatus.missingInternalTopics,
          statusDetail: 'Internal topics are missing: app-changelog',
        },
      ],
    });
    await waitForTopics(session);
    const { image } = session.server.broker;
    expect(image.topics.byName.get('app-changelog')!.partitions).toHaveLength(3);
    expect(await send(session, streamsCall({ memberId: 'm', memberEpoch: 2 }))).toMatchObject({
      memberEpoch: 3,
      status: [],
      activeTasks: [{ subtopologyId: '0', partitions: [0, 1, 2] }],
    });
  });

  it('tells why internal topics cannot be created', async () => {
    await using session = await GroupSession.open();
    await send(session, joining('app-changelog', 3));
    await waitForTopics(session);
    const { status } = await send(session, streamsCall({ memberId: 'm', memberEpoch: 2 }));
    expect(status?.[0]?.statusDetail).toMatch(
      /^Internal topics are missing: app-changelog; Creation failed: app-changelog \(.*replication.*\)\.$/i,
    );
  });

  it('refuses topologies with topics of the broker, or with names that are none', async () => {
    await using session = await GroupSession.open();
    expect(await send(session, joining('__consumer_offsets'))).toMatchObject({
      errorCode: STREAMS_INVALID_TOPOLOGY,
      errorMessage:
        'Use of Kafka internal topics __consumer_offsets in a Kafka Streams topology is prohibited.',
    });
    expect(await send(session, joining('a b'))).toMatchObject({
      errorCode: STREAMS_INVALID_TOPOLOGY,
      errorMessage: 'Topic names a b are not valid topic names.',
    });
  });

  it('is not there while streams.version is 0', async () => {
    await using session = await GroupSession.open();
    await session.connection.send({
      request: UpdateFeaturesRequest,
      response: UpdateFeaturesResponse,
      version: 1,
      message: {
        timeoutMs: 10_000,
        featureUpdates: [{ feature: 'streams.version', maxVersionLevel: 0, upgradeType: 2 }],
        validateOnly: false,
      },
    });
    expect((await send(session, joining('app-changelog'))).errorCode).toBe(UNSUPPORTED_VERSION);
  });
});
