import { ErrorCode } from '@millrace/protocol';
import { describe, expect, it } from 'vitest';
import { ShareStateClient } from '../share/testing/share-state-client.ts';
import { TestBroker } from '../testing/test-broker.ts';

describe('ReadShareGroupStateSummary', () => {
  it.each([0, 1])('tells where the group is, in version %i', async (version) => {
    await using server = await TestBroker.start();
    const state = await ShareStateClient.prepare(await server.connect());
    await state.initialize(5);
    await state.write([6, 8], { leaderEpoch: 2 });
    expect(await state.summary(version)).toMatchObject({
      errorCode: ErrorCode.NONE,
      stateEpoch: 1,
      leaderEpoch: 2,
      startOffset: 5,
      deliveryCompleteCount: version === 0 ? -1 : 3,
    });
  });

  it('fences nobody', async () => {
    await using server = await TestBroker.start();
    const state = await ShareStateClient.prepare(await server.connect());
    await state.initialize(5);
    await state.read(2);
    expect(await state.summary()).toMatchObject({ errorCode: ErrorCode.NONE, leaderEpoch: 2 });
  });
});
