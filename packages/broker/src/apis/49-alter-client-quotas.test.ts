import { memoryHost } from '@millrace/host';
import { ErrorCode } from '@millrace/protocol';
import { describe, expect, it } from 'vitest';
import { alterQuotas, describeQuotas } from '../testing/quotas.ts';
import { TestBroker } from '../testing/test-broker.ts';

const INT_MAX = 2147483647;

describe('AlterClientQuotas', () => {
  it('sets, changes and removes, and what it did survives a restart and a snapshot', async () => {
    const host = memoryHost();
    const properties = { 'metadata.log.max.record.bytes.between.snapshots': 1 };
    {
      await using server = await TestBroker.start(properties, host);
      const connection = await server.connect();
      await alterQuotas(
        connection,
        { user: 'alice' },
        { producer_byte_rate: 1000, request_percentage: 50.5 },
      );
      await alterQuotas(connection, { user: 'alice' }, { producer_byte_rate: 2000 });
      await alterQuotas(connection, { user: 'alice' }, { request_percentage: undefined });
      await alterQuotas(connection, { user: null, 'client-id': 'app' }, { consumer_byte_rate: 3000 });
      await alterQuotas(connection, { ip: '10.0.0.1' }, { connection_creation_rate: 5 });
      await alterQuotas(connection, { ip: '10.0.0.1' }, { connection_creation_rate: undefined });
    }
    await using server = await TestBroker.start(properties, host);
    expect(await describeQuotas(await server.connect(), [])).toEqual({
      'user=alice': { producer_byte_rate: 2000 },
      'client-id=app,user=<default>': { consumer_byte_rate: 3000 },
    });
  });

  const refusals: readonly [
    what: string,
    entity: Readonly<Record<string, string | null>>,
    values: Readonly<Record<string, number>>,
  ][] = [
    ['nobody', {}, { producer_byte_rate: 1 }],
    ['an unknown type', { planet: 'earth' }, { producer_byte_rate: 1 }],
    ['an empty name', { user: '' }, { producer_byte_rate: 1 }],
    ['an address with a user', { user: 'a', ip: '10.0.0.1' }, { producer_byte_rate: 1 }],
    ['what is no address', { ip: '10.0.0.256' }, { connection_creation_rate: 1 }],
    ['a byte rate of an address', { ip: '10.0.0.1' }, { producer_byte_rate: 1 }],
    ['a connection rate of a user', { user: 'a' }, { connection_creation_rate: 1 }],
    ['an unknown quota', { user: 'a' }, { bananas: 1 }],
    ['nothing', { user: 'a' }, { producer_byte_rate: 0 }],
    ['half a byte', { user: 'a' }, { producer_byte_rate: 0.5 }],
    ['more connections than there are', { ip: null }, { connection_creation_rate: INT_MAX + 1 }],
    ['one bad value among good ones', { user: 'a' }, { producer_byte_rate: 5, consumer_byte_rate: -1 }],
  ];

  it.each(refusals)('refuses a quota of %s, and changes nothing', async (_what, entity, values) => {
    await using server = await TestBroker.start();
    const connection = await server.connect();
    expect(await alterQuotas(connection, entity, values)).toBe(ErrorCode.INVALID_REQUEST);
    expect(server.broker.image.clientQuotas.size).toBe(0);
  });

  it('only says whether it could when asked to validate', async () => {
    await using server = await TestBroker.start();
    const connection = await server.connect();
    const answer = await alterQuotas(connection, { user: 'a' }, { producer_byte_rate: 1 }, true);
    expect(answer).toBe(ErrorCode.NONE);
    expect(server.broker.image.clientQuotas.size).toBe(0);
  });
});
