import { ErrorCode } from '@millrace/protocol';
import { expect, it } from 'vitest';
import { channelsTo } from '../../testing/channels-to.ts';
import { TestBroker } from '../../testing/test-broker.ts';
import { createTopic } from '../../testing/requests.ts';
import { SHARE_STATE_TOPIC } from '../../metadata/topic-names.ts';
import { RemoteShareStates } from './remote-share-states.ts';
import { DeliveryState } from './state-batch.ts';

const NODE = 7;
const OK = { errorCode: ErrorCode.NONE, errorMessage: null };

it('the state of share partitions is kept by a coordinator on another node', async () => {
  await using server = await TestBroker.start();
  using channels = channelsTo(server);
  const topicId = await createTopic(await server.connect(), 't', { partitions: 2 });
  await server.broker.ensureInternalTopic(SHARE_STATE_TOPIC);
  const states = new RemoteShareStates(() => channels);
  const keys = [0, 1].map((partition) => ({ groupId: 'g', topicId, partition }));
  const inAll = (call: (key: (typeof keys)[number]) => Parameters<typeof states.call>[1]) =>
    Promise.all(keys.map((key) => states.call(NODE, call(key))));

  const begun = { stateEpoch: 1, startOffset: 5 };
  expect(await inAll((key) => ({ api: 'initialize', key, ...begun }))).toMatchObject([OK, OK]);
  const batches = [
    { firstOffset: 6, lastOffset: 7, deliveryState: DeliveryState.acknowledged, deliveryCount: 1 },
  ];
  const change = { stateEpoch: 1, leaderEpoch: 3, startOffset: 5, deliveryCompleteCount: 2, batches };
  expect(await states.call(NODE, { api: 'write', key: keys[1]!, ...change })).toMatchObject(OK);
  expect(await inAll((key) => ({ api: 'read', key, leaderEpoch: 4 }))).toMatchObject([
    { ...OK, ...begun, batches: [] },
    { ...OK, ...begun, batches },
  ]);
  expect(await inAll((key) => ({ api: 'summary', key }))).toMatchObject([
    { ...OK, startOffset: 5, leaderEpoch: 4, deliveryCompleteCount: 0 },
    { ...OK, startOffset: 5, leaderEpoch: 4, deliveryCompleteCount: 2 },
  ]);
  expect(await states.call(NODE, { api: 'write', key: keys[0]!, ...change })).toMatchObject({
    errorCode: ErrorCode.FENCED_LEADER_EPOCH,
  });
  expect(await inAll((key) => ({ api: 'delete', key }))).toMatchObject([OK, OK]);
  expect(await states.call(NODE, { api: 'read', key: keys[0]!, leaderEpoch: 4 })).toMatchObject({
    errorCode: ErrorCode.INVALID_REQUEST,
  });
});

it('a node that does not answer is reported to whoever asks', async () => {
  const server = await TestBroker.start();
  using channels = channelsTo(server);
  await server.broker.close();
  const states = new RemoteShareStates(() => channels);
  const key = { groupId: 'g', topicId: 'AAAAAAAAAAAAAAAAAAAAAQ', partition: 0 };
  await expect(states.call(NODE, { api: 'summary', key })).rejects.toThrow();
});
