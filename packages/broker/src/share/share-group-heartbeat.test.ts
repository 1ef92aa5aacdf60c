import { KafkaError } from '@millrace/protocol';
import { expect, it } from 'vitest';
import { shareBeat } from '../group/testing/share-test-calls.ts';
import { TestBroker } from '../testing/test-broker.ts';
import { shareGroupHeartbeat } from './share-group-heartbeat.ts';
import { ShareClient } from './testing/share-client.ts';

it('sets partitions up with the next heartbeat where the internal topic was not known here yet', async () => {
  await using server = await TestBroker.start();
  const { topicId } = await prepared(server);
  const { groups, shares, logger } = server.broker;
  let isKnown = false;
  const broker = {
    groups,
    shares,
    logger,
    // What a node says to which the topic that it had made elsewhere has not come yet.
    ensureInternalTopic: (name: string) =>
      isKnown
        ? server.broker.ensureInternalTopic(name)
        : Promise.reject(new KafkaError('COORDINATOR_NOT_AVAILABLE', '')),
  };
  const members = ['m', 'n'];
  const joined = await Promise.all(
    members.map((id) => shareGroupHeartbeat(broker, shareBeat(id, { subscribedTopicNames: ['t'] }))),
  );
  for (const { assignment } of joined) expect(assignment?.topicPartitions).toEqual([]);
  isKnown = true;
  const { memberEpoch } = joined[0]!;
  expect(await shareGroupHeartbeat(broker, shareBeat('m', { memberEpoch }))).toMatchObject({
    assignment: { topicPartitions: [{ topicId }] },
  });
});

/** A group that is coordinated, and its topic of two partitions. */
async function prepared(server: TestBroker): Promise<ShareClient> {
  const client = new ShareClient(await server.connect());
  await client.prepare(2);
  return client;
}
