import { ErrorCode } from '@millrace/protocol';
import { describe, expect, it } from 'vitest';
import { ShareStateClient } from '../share/testing/share-state-client.ts';
import { TestBroker } from '../testing/test-broker.ts';

describe('InitializeShareGroupState', () => {
  it('begins the state of a share partition, and begins it again in a later epoch', async () => {
    await using server = await TestBroker.start();
    const state = await ShareStateClient.prepare(await server.connect());
    expect(await state.initialize(5)).toMatchObject({ errorCode: ErrorCode.NONE });
    await state.write([6, 8]);
    expect(await state.initialize(2, 2)).toMatchObject({ errorCode: ErrorCode.NONE });
    expect(await state.read()).toMatchObject({ stateEpoch: 2, startOffset: 2, stateBatches: [] });
    expect(await state.initialize(0, 1)).toMatchObject({ errorCode: ErrorCode.FENCED_STATE_EPOCH });
  });

  it('answers a group without a name with nothing', async () => {
    await using server = await TestBroker.start();
    const state = await ShareStateClient.prepare(await server.connect());
    expect(await state.of('').initialize(5)).toBeUndefined();
  });
});
