import { once } from 'node:events';
import { createServer, connect as connectPlainly } from 'node:net';
import { pathToFileURL } from 'node:url';
import { memoryHost, silentLogger, type Logger } from '@millrace/host';
import { CertificateAuthority } from '@millrace/test-certificates';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Admin, type AdminOptions } from '../admin/admin.ts';
import type { AdminProperties } from '../admin/admin-properties.ts';
import { Consumer } from '../consumer/consumer.ts';
import { Producer } from '../producer/producer.ts';
import { startBroker, type TestBroker } from '../testing/start-broker.ts';
import { startTokenIssuer, type TokenIssuer } from '../testing/token-issuer.ts';

const authority = new CertificateAuthority();
const own = authority.issue({ subject: [['CN', 'broker']] });
const trusting = { 'ssl.truststore.certificates': authority.certificate };
const plainUsers = 'PlainLoginModule required user_alice="alice-secret";';

let server: TestBroker;
let issuer: TokenIssuer;

beforeAll(async () => {
  const host = memoryHost();
  issuer = await startTokenIssuer({ id: 'orders-app', secret: 'app-secret', subject: 'carol' });
  await host.disk.makeDirectory('/etc');
  await host.disk.writeFile('/etc/node.pem', own.key + own.certificate);
  await host.disk.writeFile('/etc/trusted.pem', authority.certificate);
  await host.disk.writeFile('/etc/jwks.json', issuer.jwks);
  server = await startBroker(
    {
      listeners: ['PLAINTEXT', 'SSL', 'MTLS', 'SASL_PLAINTEXT', 'SASL_SSL']
        .map((name) => `${name}://127.0.0.1:0`)
        .join(','),
      'listener.security.protocol.map':
        'PLAINTEXT:PLAINTEXT,SSL:SSL,MTLS:SSL,SASL_PLAINTEXT:SASL_PLAINTEXT,SASL_SSL:SASL_SSL',
      'ssl.keystore.location': '/etc/node.pem',
      'ssl.truststore.location': '/etc/trusted.pem',
      'listener.name.mtls.ssl.client.auth': 'required',
      'sasl.enabled.mechanisms': 'PLAIN,SCRAM-SHA-256,SCRAM-SHA-512,OAUTHBEARER',
      'listener.name.sasl_ssl.plain.sasl.jaas.config': plainUsers,
      'listener.name.sasl_plaintext.plain.sasl.jaas.config': plainUsers,
      'sasl.oauthbearer.jwks.endpoint.url': pathToFileURL('/etc/jwks.json').href,
    },
    host,
  );
  await using admin = new Admin({ 'bootstrap.servers': server.bootstrapServers });
  await admin.alterUserScramCredentials([
    { user: 'b,o=b', mechanism: 'SCRAM-SHA-256', password: 'bob-secret' },
    { user: 'b,o=b', mechanism: 'SCRAM-SHA-512', password: 'bob-secret', iterations: 8192 },
  ]);
});

afterAll(async () => {
  await server[Symbol.asyncDispose]();
  await issuer[Symbol.asyncDispose]();
});

function bootstrap(listener: string, host = 'localhost') {
  return { 'bootstrap.servers': `${host}:${server.broker.addressOf(listener)!.port}` };
}

/** Asks something that needs a connection. */
async function whoIsThere(properties: AdminProperties, options: AdminOptions = {}): Promise<string | null> {
  await using admin = new Admin({ 'default.api.timeout.ms': 10_000, ...properties }, options);
  return (await admin.describeCluster()).clusterId;
}

function jaas(module: string, options: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(options).map(([name, value]) => `${name}="${value}"`);
  return `org.apache.kafka.common.security.${module} required ${pairs.join(' ')};`;
}

const bob = { username: 'b,o=b', password: 'bob-secret' };
const saslSsl = { 'security.protocol': 'SASL_SSL', ...trusting };

describe('a client is let in', () => {
  test.each([
    ['SSL', 'SSL', { 'security.protocol': 'SSL', ...trusting }],
    [
      'PLAIN, in the syntax of Java',
      'SASL_PLAINTEXT',
      {
        'security.protocol': 'SASL_PLAINTEXT',
        'sasl.mechanism': 'PLAIN',
        'sasl.jaas.config': jaas('plain.PlainLoginModule', { username: 'alice', password: 'alice-secret' }),
      },
    ],
    [
      'SCRAM-SHA-256, in the syntax of Java',
      'SASL_SSL',
      {
        ...saslSsl,
        'sasl.mechanism': 'SCRAM-SHA-256',
        'sasl.jaas.config': jaas('scram.ScramLoginModule', bob),
      },
    ],
  ])('by %s', async (_what, listener, properties) => {
    expect(await whoIsThere({ ...bootstrap(listener), ...properties })).toBe(server.broker.clusterId);
  });

  test('by SCRAM-SHA-512 with the typed option', async () => {
    const sasl = { mechanism: 'SCRAM-SHA-512', ...bob } as const;
    const properties = { ...bootstrap('SASL_SSL'), ...saslSsl };
    expect(await whoIsThere(properties, { sasl })).toBe(server.broker.clusterId);
  });

  test('by its certificate', async () => {
    const alice = authority.issue({ subject: [['CN', 'alice']] });
    const properties = {
      ...bootstrap('MTLS'),
      ...trusting,
      'security.protocol': 'SSL',
      'ssl.keystore.key': alice.key,
      'ssl.keystore.certificate.chain': alice.certificate,
    };
    expect(await whoIsThere(properties)).toBe(server.broker.clusterId);
  });

  test('by OAUTHBEARER with a callback, which is asked once for several connections', async () => {
    let calls = 0;
    const sasl = {
      mechanism: 'OAUTHBEARER',
      token: async () => {
        calls++;
        return issuer.token();
      },
    } as const;
    await using producer = new Producer({ ...bootstrap('SASL_SSL'), ...saslSsl }, { sasl });
    await producer.send({ topic: 'by-token', value: 'x' });
    expect(calls).toBe(1);
  });

  test('by OAUTHBEARER with client credentials', async () => {
    const properties = {
      ...bootstrap('SASL_SSL'),
      ...saslSsl,
      'sasl.mechanism': 'OAUTHBEARER',
      'sasl.oauthbearer.token.endpoint.url': issuer.tokenUrl,
      'sasl.jaas.config': jaas('oauthbearer.OAuthBearerLoginModule', {
        clientId: 'orders-app',
        clientSecret: 'app-secret',
        scope: 'kafka',
      }),
    };
    expect(await whoIsThere(properties)).toBe(server.broker.clusterId);
    await expect(
      whoIsThere({
        ...properties,
        'sasl.jaas.config': properties['sasl.jaas.config'].replace('app-secret', 'no'),
      }),
    ).rejects.toMatchObject({ code: 'ERR_CLIENT_AUTHENTICATION_FAILED', retriable: false });
  });

  test('through a socket that was opened for it', async () => {
    const { port } = server.broker.addressOf('SASL_SSL')!;
    const asked: string[] = [];
    const socketFactory: AdminOptions['socketFactory'] = async ({ host }) => {
      asked.push(host);
      const socket = connectPlainly(port, '127.0.0.1');
      await once(socket, 'connect');
      return socket;
    };
    const sasl = { mechanism: 'SCRAM-SHA-256', ...bob } as const;
    const properties = { 'bootstrap.servers': 'localhost:1', ...saslSsl };
    expect(await whoIsThere(properties, { sasl, socketFactory })).toBe(server.broker.clusterId);
    expect(asked).toContain('localhost');
  });
});

describe('a client is told at once, by a typed error that it need not try again', () => {
  const refusal = { code: 'ERR_CLIENT_AUTHENTICATION_FAILED', retriable: false };

  test.each([
    [
      'a wrong password',
      { mechanism: 'PLAIN', username: 'alice', password: 'guess' },
      /Invalid username or password/,
    ],
    ['an unknown user', { mechanism: 'SCRAM-SHA-256', username: 'x', password: 'y' }, /invalid credentials/],
    ['a bad token', { mechanism: 'OAUTHBEARER', token: async () => 'nonsense' }, /invalid_token/],
  ] as const)('%s', async (_what, sasl, message) => {
    const properties = { ...bootstrap('SASL_SSL'), ...saslSsl };
    const failure = whoIsThere(properties, { sasl });
    await expect(failure).rejects.toMatchObject(refusal);
    await expect(failure).rejects.toThrow(message);
  });

  test('a mechanism that is not offered', async () => {
    await using poor = await startBroker({
      listeners: 'SASL_PLAINTEXT://127.0.0.1:0',
      'sasl.enabled.mechanisms': 'SCRAM-SHA-512',
    });
    const sasl = { mechanism: 'SCRAM-SHA-256', ...bob } as const;
    const properties = {
      'bootstrap.servers': poor.bootstrapServers,
      'security.protocol': 'SASL_PLAINTEXT',
    } as const;
    await expect(whoIsThere(properties, { sasl })).rejects.toThrow('it offers SCRAM-SHA-512');
  });

  test('a wrong password, by producer and consumer, too', async () => {
    const properties = { ...bootstrap('SASL_SSL'), ...saslSsl };
    const sasl = { mechanism: 'PLAIN', username: 'alice', password: 'guess' } as const;
    await using producer = new Producer(properties, { sasl });
    await expect(producer.send({ topic: 't', value: 'x' })).rejects.toMatchObject(refusal);
    await using consumer = new Consumer({ ...properties, 'group.id': 'g' }, { sasl });
    consumer.subscribe(['t']);
    await expect(consumer.poll({ timeoutMs: 5000 })).rejects.toMatchObject(refusal);
  });

  test('an authority that is not trusted', async () => {
    const stranger = { 'ssl.truststore.certificates': new CertificateAuthority('Other').certificate };
    const failure = whoIsThere({ ...bootstrap('SSL'), 'security.protocol': 'SSL', ...stranger });
    await expect(failure).rejects.toMatchObject({ code: 'ERR_CLIENT_TLS', retriable: false });
    await expect(failure).rejects.toThrow('its authority is not trusted');
  });

  test('a certificate that has expired', async () => {
    const host = memoryHost();
    const times = { validFrom: new Date('2020-01-01T00:00:00Z'), validTo: new Date('2020-02-01T00:00:00Z') };
    const old = authority.issue({ subject: [['CN', 'broker']], ...times });
    const keystore = { 'ssl.keystore.key': old.key, 'ssl.keystore.certificate.chain': old.certificate };
    await using stale = await startBroker({ listeners: 'SSL://127.0.0.1:0', ...keystore }, host);
    const properties = {
      'bootstrap.servers': stale.bootstrapServers,
      'security.protocol': 'SSL',
      ...trusting,
    } as const;
    await expect(whoIsThere(properties)).rejects.toMatchObject({
      code: 'ERR_CLIENT_CERTIFICATE_EXPIRED',
      retriable: false,
      reason: 'CERT_HAS_EXPIRED',
    });
  });

  describe.each(['TLSv1.2', 'TLSv1.3'] as const)('about its own certificate, with %s,', (version) => {
    const properties = () => ({
      ...bootstrap('MTLS'),
      ...trusting,
      'security.protocol': 'SSL' as const,
      'ssl.enabled.protocols': version,
    });
    const showing = (own: { readonly key: string; readonly certificate: string }) => ({
      ...properties(),
      'ssl.keystore.key': own.key,
      'ssl.keystore.certificate.chain': own.certificate,
    });

    test('that there is none', async () => {
      const failure = whoIsThere(properties());
      await expect(failure).rejects.toMatchObject({ code: 'ERR_CLIENT_TLS', retriable: false });
      await expect(failure).rejects.toThrow('wants a certificate of this client');
      await using producer = new Producer(properties());
      await expect(producer.send({ topic: 't', value: 'x' })).rejects.toMatchObject({
        code: 'ERR_CLIENT_TLS',
      });
      await using consumer = new Consumer({ ...properties(), 'group.id': 'g' });
      consumer.subscribe(['t']);
      await expect(consumer.poll({ timeoutMs: 5000 })).rejects.toMatchObject({ code: 'ERR_CLIENT_TLS' });
      await using reader = new Consumer(properties());
      reader.assign([{ topic: 't', partition: 0 }]);
      await expect(reader.poll({ timeoutMs: 5000 })).rejects.toMatchObject({ code: 'ERR_CLIENT_TLS' });
      await expect(reader.endOffsets([{ topic: 't', partition: 0 }])).rejects.toMatchObject({
        code: 'ERR_CLIENT_TLS',
      });
    });

    test('that it has expired, also by a broker that ends the connection without a word', async () => {
      const validTo = new Date('2020-02-01T00:00:00Z');
      const times = { validFrom: new Date('2020-01-01T00:00:00Z'), validTo };
      const failure = whoIsThere(showing(authority.issue({ subject: [['CN', 'alice']], ...times })));
      await expect(failure).rejects.toMatchObject({
        code: 'ERR_CLIENT_CERTIFICATE_EXPIRED',
        retriable: false,
        reason: 'CERT_HAS_EXPIRED',
      });
      await expect(failure).rejects.toThrow('the certificate of this client has expired');
    });

    test('that it is not valid yet', async () => {
      const validFrom = new Date('2090-01-01T00:00:00Z');
      const times = { validFrom, validTo: new Date('2091-01-01T00:00:00Z') };
      const failure = whoIsThere(showing(authority.issue({ subject: [['CN', 'alice']], ...times })));
      await expect(failure).rejects.toMatchObject({ code: 'ERR_CLIENT_TLS', reason: 'CERT_NOT_YET_VALID' });
    });

    test('that it may be the reason, where nobody says so: that is tried again', async () => {
      const own = new CertificateAuthority('Other').issue({ subject: [['CN', 'alice']] });
      const failed = Promise.withResolvers<unknown>();
      const warn: Logger['warn'] = (_message, fields) => failed.resolve(fields?.['error']);
      await using producer = new Producer(showing(own), { logger: { ...silentLogger, warn } });
      const asked = expect(producer.partitionsFor('orders')).rejects.toThrow();
      const error = await failed.promise;
      expect(error).toMatchObject({ code: 'ERR_CLIENT_CONNECTION', retriable: true });
      expect(String(error)).toContain('it may have refused the certificate of this client');
      await producer.close();
      await asked;
    });
  });

  test('a certificate for another host, unless it may be', async () => {
    const properties = {
      ...bootstrap('SSL', 'localhost.'),
      'security.protocol': 'SSL',
      ...trusting,
    } as const;
    const other = authority.issue({ subject: [['CN', 'x']], altNames: ['elsewhere.example'] });
    const keystore = { 'ssl.keystore.key': other.key, 'ssl.keystore.certificate.chain': other.certificate };
    await using elsewhere = await startBroker({ listeners: 'SSL://127.0.0.1:0', ...keystore });
    const there = { ...properties, 'bootstrap.servers': elsewhere.bootstrapServers };
    await expect(whoIsThere(there)).rejects.toThrow('its certificate is for another host');
    expect(await whoIsThere({ ...there, 'ssl.endpoint.identification.algorithm': '' })).toBe(
      elsewhere.broker.clusterId,
    );
  });
});

test.each([
  [{ 'security.protocol': 'SASL_SSL' }, {}, 'sasl.mechanism'],
  [{ 'security.protocol': 'SASL_SSL', 'sasl.mechanism': 'PLAIN' }, {}, 'sasl.jaas.config'],
  [
    {
      'security.protocol': 'SASL_SSL',
      'sasl.mechanism': 'PLAIN',
      'sasl.jaas.config': 'M required username="x";',
    },
    {},
    'username and password',
  ],
  [{}, { sasl: { mechanism: 'PLAIN', ...bob } }, 'security.protocol'],
  [
    { 'security.protocol': 'SASL_SSL', 'sasl.mechanism': 'PLAIN' },
    { sasl: { mechanism: 'SCRAM-SHA-256', ...bob } },
    'sasl.mechanism',
  ],
] as const)('refuses %o, where the mistake is made', (properties, options, problem) => {
  const servers = { 'bootstrap.servers': '127.0.0.1:9092' };
  expect(() => new Admin({ ...servers, ...properties }, options as AdminOptions)).toThrow(problem);
  expect(() => new Admin({ ...servers, ...properties }, options as AdminOptions)).not.toThrow('bob-secret');
});

test('a socket that closes in the middle of a handshake is a connection that failed, to be tried again', async () => {
  const silent = createServer((socket) => socket.destroy()).listen(0, '127.0.0.1');
  await once(silent, 'listening');
  const { port } = silent.address() as { port: number };
  const properties = {
    'bootstrap.servers': `127.0.0.1:${port}`,
    'security.protocol': 'SSL',
    ...trusting,
  } as const;
  await expect(whoIsThere({ ...properties, 'default.api.timeout.ms': 200 })).rejects.toMatchObject({
    code: 'ERR_CLIENT_TIMEOUT',
    cause: { code: 'ERR_CLIENT_CONNECTION' },
  });
  silent.close();
});
