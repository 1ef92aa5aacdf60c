import { ErrorCode } from '@millrace/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RawConnection } from '../testing/raw-connection.ts';
import { alterQuotas, describeQuotas, type QuotaComponent } from '../testing/quotas.ts';
import { TestBroker } from '../testing/test-broker.ts';

const [EXACT, DEFAULT, ANY] = [0, 1, 2];
const alice = { entityType: 'user', matchType: EXACT, match: 'alice' } as const;
const anyClient = { entityType: 'client-id', matchType: ANY, match: null } as const;
const anyUser = { entityType: 'user', matchType: ANY, match: null } as const;

let server: TestBroker;
let connection: RawConnection;

beforeAll(async () => {
  server = await TestBroker.start();
  connection = await server.connect();
  await alterQuotas(connection, { user: 'alice' }, { producer_byte_rate: 1 });
  await alterQuotas(connection, { user: 'alice', 'client-id': 'app' }, { producer_byte_rate: 2 });
  await alterQuotas(connection, { user: null }, { producer_byte_rate: 3 });
  await alterQuotas(connection, { 'client-id': 'app' }, { producer_byte_rate: 4 });
  await alterQuotas(connection, { ip: '::1' }, { connection_creation_rate: 5 });
});

afterAll(() => server[Symbol.asyncDispose]());

describe('DescribeClientQuotas', () => {
  const filters: readonly [
    what: string,
    filter: readonly QuotaComponent[],
    isStrict: boolean,
    found: readonly string[],
  ][] = [
    ['a user, whatever else', [alice], false, ['client-id=app,user=alice', 'user=alice']],
    ['a user and nothing else', [alice], true, ['user=alice']],
    ['a user with any client', [alice, anyClient], false, ['client-id=app,user=alice']],
    [
      'the default of users',
      [{ entityType: 'user', matchType: DEFAULT, match: null }],
      false,
      ['user=<default>'],
    ],
    ['any user, strictly', [anyUser], true, ['user=<default>', 'user=alice']],
    ['any address', [{ entityType: 'ip', matchType: ANY, match: null }], false, ['ip=::1']],
    ['nothing, strictly', [], true, []],
  ];

  it.each(filters)('finds %s', async (_what, filter, isStrict, found) => {
    const entries = await describeQuotas(connection, filter, isStrict);
    expect(Object.keys(entries as object).toSorted((a, b) => a.localeCompare(b))).toEqual(
      found.toSorted((a, b) => a.localeCompare(b)),
    );
  });

  it('lists limits in the order of Apache Kafka', async () => {
    const limits = { producer_byte_rate: 1000, consumer_byte_rate: 1000, request_percentage: 0.5 };
    await alterQuotas(connection, { user: 'bob' }, limits);
    const found = await describeQuotas(connection, [{ ...alice, match: 'bob' }]);
    expect(Object.entries(found).map(([, values]) => Object.keys(values as object))).toEqual([
      ['consumer_byte_rate', 'request_percentage', 'producer_byte_rate'],
    ]);
    await alterQuotas(
      connection,
      { user: 'bob' },
      {
        producer_byte_rate: undefined,
        consumer_byte_rate: undefined,
        request_percentage: undefined,
      },
    );
  });

  const refusals: readonly [
    what: string,
    filter: readonly QuotaComponent[],
    error: keyof typeof ErrorCode,
  ][] = [
    ['an unknown type', [{ ...alice, entityType: 'planet' }], 'UNSUPPORTED_VERSION'],
    ['an empty type', [{ ...alice, entityType: '' }], 'INVALID_REQUEST'],
    ['a type twice', [alice, alice], 'INVALID_REQUEST'],
    ['an unknown kind of match', [{ ...alice, matchType: 3 }], 'INVALID_REQUEST'],
    ['a name without one', [{ ...alice, match: null }], 'INVALID_REQUEST'],
    ['any with a name', [{ ...anyUser, match: 'x' }], 'INVALID_REQUEST'],
    ['a user and an address', [alice, { ...anyUser, entityType: 'ip' }], 'INVALID_REQUEST'],
  ];

  it.each(refusals)('refuses a filter with %s', async (_what, filter, error) => {
    expect(await describeQuotas(connection, filter)).toBe(ErrorCode[error]);
  });
});
