import { ErrorCode } from '@millrace/protocol';
import { describe, expect, it } from 'vitest';
import { ShareStateClient } from '../share/testing/share-state-client.ts';
import { TestBroker } from '../testing/test-broker.ts';

describe('ReadShareGroupState', () => {
  it('tells where the group is and what is open there', async () => {
    await using server = await TestBroker.start();
    const state = await ShareStateClient.prepare(await server.connect());
    await state.initialize(5);
    await state.write([6, 8]);
    expect(await state.read(2)).toMatchObject({
      errorCode: ErrorCode.NONE,
      stateEpoch: 1,
      startOffset: 5,
      stateBatches: [{ firstOffset: 6, lastOffset: 8, deliveryState: 2, deliveryCount: 1 }],
    });
  });

  it('fences the leaders before the one that reads', async () => {
    await using server = await TestBroker.start();
    const state = await ShareStateClient.prepare(await server.connect());
    await state.initialize(5);
    await state.read(2);
    expect(await state.read(1)).toMatchObject({ errorCode: ErrorCode.FENCED_LEADER_EPOCH });
    expect(await state.write([6, 8], { leaderEpoch: 1 })).toMatchObject({
      errorCode: ErrorCode.FENCED_LEADER_EPOCH,
    });
  });
});
