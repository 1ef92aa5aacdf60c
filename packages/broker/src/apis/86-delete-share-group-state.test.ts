import { ErrorCode } from '@millrace/protocol';
import { describe, expect, it } from 'vitest';
import { ShareStateClient } from '../share/testing/share-state-client.ts';
import { TestBroker } from '../testing/test-broker.ts';

describe('DeleteShareGroupState', () => {
  it('removes the state of a share partition, of one group', async () => {
    await using server = await TestBroker.start();
    const state = await ShareStateClient.prepare(await server.connect());
    await state.initialize(5);
    await state.of('other').initialize(7);
    expect(await state.delete()).toMatchObject({ errorCode: ErrorCode.NONE });
    expect(await state.summary()).toMatchObject({ errorCode: ErrorCode.NONE, startOffset: -1 });
    expect(await state.of('other').summary()).toMatchObject({ startOffset: 7 });
  });

  it('has nothing against removing what is not there', async () => {
    await using server = await TestBroker.start();
    const state = await ShareStateClient.prepare(await server.connect());
    expect(await state.delete()).toMatchObject({ errorCode: ErrorCode.NONE });
  });
});
