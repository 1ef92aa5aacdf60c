import { describe, expect, test } from 'vitest';
import type { RegistryClientProperties } from './registry-client-properties.ts';
import { SchemaRegistryClient, type SchemaRegistryClientOptions } from './schema-registry-client.ts';
import { ok, ScriptedServer, type ScriptedAnswer } from './testing/scripted-server.ts';

const basic = (userInfo: string) => `Basic ${Buffer.from(userInfo).toString('base64')}`;

async function headersOf(
  properties: Partial<RegistryClientProperties>,
  options: SchemaRegistryClientOptions = {},
  userInfo = '',
) {
  await using server = await ScriptedServer.start(ok([]));
  const url = server.url.replace('//', `//${userInfo}`);
  await new SchemaRegistryClient({ 'schema.registry.url': url, ...properties }, options).subjects.list();
  return server.requests[0]?.headers ?? {};
}

describe('credentials', () => {
  test('of the address are sent, and none without them', async () => {
    expect(await headersOf({}, {}, 'ada:s%40cret@')).toMatchObject({ authorization: basic('ada:s@cret') });
    expect(await headersOf({})).not.toHaveProperty('authorization');
  });

  test('of a property are sent', async () => {
    const properties = { 'basic.auth.credentials.source': 'USER_INFO', 'basic.auth.user.info': 'ada:secret' };
    expect((await headersOf(properties))['authorization']).toBe(basic('ada:secret'));
  });

  test('of the Kafka login are sent', async () => {
    const login =
      'org.apache.kafka.common.security.plain.PlainLoginModule required username="ada" password="se\\"cret";';
    const properties = { 'basic.auth.credentials.source': 'SASL_INHERIT', 'sasl.jaas.config': login };
    expect((await headersOf(properties))['authorization']).toBe(basic('ada:se"cret'));
  });

  test('may be a token, with what names the cluster and the pool', async () => {
    const headers = await headersOf({
      'bearer.auth.token': 'abc',
      'bearer.auth.logical.cluster': 'lsrc-1',
      'bearer.auth.identity.pool.id': 'pool-1',
    });
    expect(headers).toMatchObject({
      authorization: 'Bearer abc',
      'target-sr-cluster': 'lsrc-1',
      'confluent-identity-pool-id': 'pool-1',
    });
  });

  test('may come from a function', async () => {
    const headers = await headersOf({}, { token: async () => 'fresh' });
    expect(headers['authorization']).toBe('Bearer fresh');
  });

  test.each([
    [{ 'basic.auth.credentials.source': 'USER_INFO' }, 'needs the property basic.auth.user.info'],
    [
      { 'bearer.auth.credentials.source': 'OAUTHBEARER' },
      'needs the property bearer.auth.issuer.endpoint.url',
    ],
    [{ 'bearer.auth.credentials.source': 'CUSTOM' }, 'no function "token"'],
    [{ 'schema.registry.url': 'ftp://x' }, 'no http or https address'],
    [{ 'schema.registry.url': '' }, 'names no address'],
  ])('of %j are incomplete', (properties, message) => {
    expect(
      () => new SchemaRegistryClient({ 'schema.registry.url': 'http://127.0.0.1', ...properties }),
    ).toThrow(message);
  });
});

describe('OAuth', () => {
  async function ask(tokens: readonly ScriptedAnswer[], requests: number) {
    await using issuer = await ScriptedServer.start(...tokens);
    await using server = await ScriptedServer.start(ok([]));
    const client = new SchemaRegistryClient({
      'schema.registry.url': server.url,
      'bearer.auth.credentials.source': 'OAUTHBEARER',
      'bearer.auth.issuer.endpoint.url': `${issuer.url}/token`,
      'bearer.auth.client.id': 'shop',
      'bearer.auth.client.secret': 's:ecret',
      'bearer.auth.scope': 'schemas',
      'max.retries': 0,
    });
    for (let count = 0; count < requests; count += 1) await client.subjects.list();
    return { asked: issuer.requests, sent: server.requests.map(({ headers }) => headers['authorization']) };
  }

  test('fetches a token once and keeps it', async () => {
    const { asked, sent } = await ask([ok({ access_token: 't1', expires_in: 3600 })], 3);
    expect(sent).toEqual(['Bearer t1', 'Bearer t1', 'Bearer t1']);
    expect(asked).toHaveLength(1);
    expect(asked[0]).toMatchObject({
      line: 'POST /token',
      body: 'grant_type=client_credentials&scope=schemas',
    });
    expect(asked[0]?.headers['authorization']).toBe(basic('shop:s%3Aecret'));
  });

  test('fetches another one when a token has ended', async () => {
    const tokens = [ok({ access_token: 't1', expires_in: 0 }), ok({ access_token: 't2', expires_in: 3600 })];
    expect((await ask(tokens, 3)).sent).toEqual(['Bearer t1', 'Bearer t2', 'Bearer t2']);
  });

  test('says who was refused', async () => {
    const refusal = { status: 401, text: '{"error":"invalid_client"}' };
    await expect(ask([refusal], 1)).rejects.toThrow(
      /The token endpoint .* answered client "shop" with HTTP 401/,
    );
  });
});
