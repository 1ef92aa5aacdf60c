import { ErrorCode } from '@millrace/protocol';
import {
  AllocateProducerIdsRequest,
  AllocateProducerIdsResponse,
} from '@millrace/protocol/messages/allocate-producer-ids';
import { describe, expect, it } from 'vitest';
import { askController } from '../testing/ask-controller.ts';
import { TestBroker } from '../testing/test-broker.ts';

const allocate = { request: AllocateProducerIdsRequest, response: AllocateProducerIdsResponse };

describe('AllocateProducerIds', () => {
  it('gives each block once, to brokers of the cluster', async () => {
    await using server = await TestBroker.start();
    const { nodeId: brokerId, image } = server.broker;
    const { epoch: brokerEpoch } = image.brokers.get(brokerId)!;
    const first = await askController(server, allocate, { brokerId, brokerEpoch });
    expect(first).toMatchObject({ errorCode: ErrorCode.NONE, producerIdLen: 1000 });
    const second = await askController(server, allocate, { brokerId, brokerEpoch });
    expect(second.producerIdStart).toBe(first.producerIdStart + 1000);
    const stale = await askController(server, allocate, { brokerId, brokerEpoch: brokerEpoch + 1 });
    expect(stale.errorCode).toBe(ErrorCode.STALE_BROKER_EPOCH);
  });
});
