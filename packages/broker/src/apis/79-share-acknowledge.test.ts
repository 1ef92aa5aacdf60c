import { ErrorCode } from '@millrace/protocol';
import { describe, expect, it } from 'vitest';
import { ShareClient } from '../share/testing/share-client.ts';
import { TestBroker } from '../testing/test-broker.ts';

const [ACCEPT, RELEASE, RENEW] = [1, 2, 4];

async function holding(server: TestBroker, values: readonly string[]) {
  const client = new ShareClient(await server.connect());
  await client.prepare();
  await client.join();
  await client.produce(values);
  await client.take();
  return client;
}

describe('ShareAcknowledge', () => {
  it('accepts, releases, rejects, each record for itself or all together', async () => {
    await using server = await TestBroker.start();
    const client = await holding(server, ['a', 'b', 'c', 'd']);
    expect(
      await client.acknowledge([
        [0, 1, ACCEPT],
        [2, 3, RELEASE, ACCEPT],
      ]),
    ).toBe(ErrorCode.NONE);
    expect(await client.take()).toEqual(new Map([[2, 'c 2']]));
  });

  it.each([
    [
      'the same record twice',
      [
        [0, 0, ACCEPT],
        [0, 1, ACCEPT],
      ],
      ErrorCode.INVALID_RECORD_STATE,
    ],
    ['a type that there is not', [[0, 0, 7]], ErrorCode.INVALID_REQUEST],
    ['as many types as there are not records', [[0, 2, ACCEPT, ACCEPT]], ErrorCode.INVALID_REQUEST],
    ['no type', [[0, 2]], ErrorCode.INVALID_REQUEST],
    ['a range that ends before it begins', [[2, 0, ACCEPT]], ErrorCode.INVALID_REQUEST],
    ['more than was handed out', [[1, 9, ACCEPT]], ErrorCode.INVALID_REQUEST],
    ['something else than was handed out', [[30, 39, ACCEPT]], ErrorCode.INVALID_REQUEST],
    ['a renewal that does not say so', [[0, 0, RENEW]], ErrorCode.INVALID_REQUEST],
  ] as const)('refuses %s', async (_case, said, errorCode) => {
    await using server = await TestBroker.start();
    const client = await holding(server, ['a', 'b', 'c']);
    expect(await client.acknowledge(said)).toBe(errorCode);
    // Nothing has changed by it.
    expect(await client.acknowledge([[0, 2, ACCEPT]])).toBe(ErrorCode.NONE);
  });

  it('is for the member that holds a record, in its session', async () => {
    await using server = await TestBroker.start();
    const client = await holding(server, ['a']);
    const other = client.another(await server.connect(), 'AAAAAAAAAAAAAAAAAAAAAg');
    expect(await other.acknowledge([[0, 0, ACCEPT]])).toBe(ErrorCode.INVALID_SHARE_SESSION_EPOCH);
    other.sessionEpoch = 1;
    expect(await other.acknowledge([[0, 0, ACCEPT]], { memberId: '' })).toBe(ErrorCode.INVALID_REQUEST);
    expect(await other.acknowledge([[0, 0, ACCEPT]])).toBe(ErrorCode.SHARE_SESSION_NOT_FOUND);
    other.sessionEpoch = 0;
    await other.take();
    expect(await other.acknowledge([[0, 0, ACCEPT]])).toBe(ErrorCode.INVALID_RECORD_STATE);
    expect(await client.acknowledge([[0, 0, RENEW]], { isRenewAck: true })).toBe(ErrorCode.NONE);
  });

  it('gives up a record that was delivered as often as the group allows', async () => {
    await using server = await TestBroker.start();
    const client = await holding(server, ['a', 'b']);
    await client.configure({ 'share.delivery.count.limit': '2' });
    await client.acknowledge([[0, 1, RELEASE]]);
    expect([...(await client.take()).values()]).toEqual(['a 2', 'b 2']);
    await client.acknowledge([
      [0, 0, RELEASE],
      [1, 1, ACCEPT],
    ]);
    expect(await client.take()).toEqual(new Map());
  });

  it('ends a session and gives back the rest', async () => {
    await using server = await TestBroker.start();
    const client = await holding(server, ['a']);
    expect(await client.acknowledge([], { shareSessionEpoch: -1, topics: [] })).toBe(ErrorCode.NONE);
    client.sessionEpoch = 0;
    expect(await client.take()).toEqual(new Map([[0, 'a 2']]));
  });
});
