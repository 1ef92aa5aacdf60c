import { ErrorCode } from '@millrace/protocol';
import { describe, expect, it } from 'vitest';
import { ShareStateClient } from '../share/testing/share-state-client.ts';
import { TestBroker } from '../testing/test-broker.ts';

describe('WriteShareGroupState', () => {
  it('adds to the state', async () => {
    await using server = await TestBroker.start();
    const state = await ShareStateClient.prepare(await server.connect());
    await state.initialize(5);
    expect(await state.write([6, 6])).toMatchObject({ errorCode: ErrorCode.NONE });
    expect(await state.write([7, 8])).toMatchObject({ errorCode: ErrorCode.NONE });
    expect((await state.read())?.stateBatches).toMatchObject([{ firstOffset: 6, lastOffset: 8 }]);
    expect(await state.summary()).toMatchObject({ deliveryCompleteCount: 2 });
  });

  it('of version 0 does not tell how many deliveries are complete', async () => {
    await using server = await TestBroker.start();
    const state = await ShareStateClient.prepare(await server.connect());
    await state.initialize(5);
    expect(await state.write([6, 8], { version: 0 })).toMatchObject({ errorCode: ErrorCode.NONE });
    expect(await state.summary()).toMatchObject({ startOffset: 5, deliveryCompleteCount: -1 });
  });

  it('is refused in an epoch of the past, and for what was never begun', async () => {
    await using server = await TestBroker.start();
    const state = await ShareStateClient.prepare(await server.connect());
    await state.initialize(5, 3);
    expect(await state.write([6, 8], { stateEpoch: 2 })).toMatchObject({
      errorCode: ErrorCode.FENCED_STATE_EPOCH,
    });
    expect(await state.of('other').write([6, 8])).toMatchObject({ errorCode: ErrorCode.INVALID_REQUEST });
  });
});
