import { pathToFileURL } from 'node:url';
import { memoryHost } from '@millrace/host';
import { CertificateAuthority } from '@millrace/test-certificates';
import { Admin as PlatformaticAdmin } from '@platformatic/kafka';
import { exportJWK, generateKeyPair, SignJWT, UnsecuredJWT } from 'jose';
import { Kafka, logLevel, type KafkaConfig } from 'kafkajs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { setScramPassword } from '../testing/scram-user.ts';
import { TestBroker } from '../testing/test-broker.ts';

const authority = new CertificateAuthority();
const own = authority.issue({ subject: [['CN', 'broker']] });
const ssl = { ca: [authority.certificate], servername: 'localhost' };
const issuerKeys = await generateKeyPair('RS256');

let server: TestBroker;

beforeAll(async () => {
  const host = memoryHost();
  await host.disk.makeDirectory('/etc');
  await host.disk.writeFile('/etc/node.pem', own.key + own.certificate);
  await host.disk.writeFile('/etc/trusted.pem', authority.certificate);
  const publicKey = { ...(await exportJWK(issuerKeys.publicKey)), kid: 'key-1', alg: 'RS256' };
  await host.disk.writeFile('/etc/jwks.json', JSON.stringify({ keys: [publicKey] }));
  server = await TestBroker.start(
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
      'listener.name.sasl_plaintext.oauthbearer.sasl.server.callback.handler.class':
        'org.apache.kafka.common.security.oauthbearer.internals.unsecured.OAuthBearerUnsecuredValidatorCallbackHandler',
      'listener.name.sasl_plaintext.plain.sasl.jaas.config': plainUsers,
      'sasl.oauthbearer.jwks.endpoint.url': pathToFileURL('/etc/jwks.json').href,
      'sasl.oauthbearer.expected.audience': 'kafka',
    },
    host,
  );
  const connection = await server.connect();
  await setScramPassword(connection, 'SCRAM-SHA-256', 'bob', 'bob-secret');
  await setScramPassword(connection, 'SCRAM-SHA-512', 'bob', 'bob-secret');
});

afterAll(() => server[Symbol.asyncDispose]());

const plainUsers =
  'org.apache.kafka.common.security.plain.PlainLoginModule required user_alice="alice-secret";';

async function token(claims: { readonly audience?: string; readonly expires?: string } = {}) {
  const { audience = 'kafka', expires = '1h' } = claims;
  return new SignJWT({})
    .setProtectedHeader({ alg: 'RS256', kid: 'key-1' })
    .setSubject('carol')
    .setAudience(audience)
    .setIssuedAt()
    .setExpirationTime(expires)
    .sign(issuerKeys.privateKey);
}

async function listTopicsByKafkajs(listener: string, config: Partial<KafkaConfig>): Promise<string[]> {
  const kafka = new Kafka({
    clientId: 'test',
    logLevel: logLevel.NOTHING,
    retry: { retries: 0 },
    brokers: [server.addressOf(listener)],
    ...config,
  });
  const admin = kafka.admin();
  try {
    await admin.connect();
    return await admin.listTopics();
  } finally {
    await admin.disconnect();
  }
}

const scram = { username: 'bob', password: 'bob-secret' };
const plain = { username: 'alice', password: 'alice-secret' };

describe('kafkajs', () => {
  test.each([
    ['SSL', 'SSL', { ssl }],
    ['PLAIN over SASL_PLAINTEXT', 'SASL_PLAINTEXT', { sasl: { mechanism: 'plain', ...plain } }],
    ['PLAIN over SASL_SSL', 'SASL_SSL', { ssl, sasl: { mechanism: 'plain', ...plain } }],
    ['SCRAM-SHA-256', 'SASL_SSL', { ssl, sasl: { mechanism: 'scram-sha-256', ...scram } }],
    ['SCRAM-SHA-512', 'SASL_PLAINTEXT', { sasl: { mechanism: 'scram-sha-512', ...scram } }],
    [
      'OAUTHBEARER',
      'SASL_SSL',
      {
        ssl,
        sasl: { mechanism: 'oauthbearer', oauthBearerProvider: async () => ({ value: await token() }) },
      },
    ],
  ] as const)('is let in by %s', async (_what, listener, config) => {
    await expect(listTopicsByKafkajs(listener, config as Partial<KafkaConfig>)).resolves.toEqual([]);
  });

  test.each([
    ['PLAIN', { mechanism: 'plain', username: 'alice', password: 'guess' }, 'Invalid username or password'],
    ['PLAIN of nobody', { mechanism: 'plain', username: 'x', password: 'y' }, 'Invalid username or password'],
    ['SCRAM', { mechanism: 'scram-sha-256', username: 'bob', password: 'guess' }, 'invalid credentials'],
    ['SCRAM of nobody', { mechanism: 'scram-sha-512', username: 'x', password: 'y' }, 'invalid credentials'],
  ] as const)('is told of a wrong password: %s', async (_what, sasl, message) => {
    const config = { ssl, sasl } as Partial<KafkaConfig>;
    await expect(listTopicsByKafkajs('SASL_SSL', config)).rejects.toThrow(message);
  });

  test.each([
    ['for somebody else', { audience: 'billing' }],
    ['that has expired', { expires: '1 hour ago' }],
  ] as const)('is refused with a token %s', async (_what, claims) => {
    const oauthBearerProvider = async () => ({ value: await token(claims) });
    const config = { ssl, sasl: { mechanism: 'oauthbearer', oauthBearerProvider } } as Partial<KafkaConfig>;
    await expect(listTopicsByKafkajs('SASL_SSL', config)).rejects.toThrow();
  });

  test('is let in with a token that nobody signed where that is asked for, and nowhere else', async () => {
    const unsigned = (audience: string, expires: string) => ({
      value: new UnsecuredJWT({})
        .setSubject('carol')
        .setAudience(audience)
        .setExpirationTime(expires)
        .encode(),
    });
    const sasl = (audience: string, expires = '1h'): Partial<KafkaConfig> => ({
      sasl: { mechanism: 'oauthbearer', oauthBearerProvider: async () => unsigned(audience, expires) },
    });
    await expect(listTopicsByKafkajs('SASL_PLAINTEXT', sasl('kafka'))).resolves.toEqual([]);
    await expect(listTopicsByKafkajs('SASL_PLAINTEXT', sasl('billing'))).rejects.toThrow();
    await expect(listTopicsByKafkajs('SASL_PLAINTEXT', sasl('kafka', '1 hour ago'))).rejects.toThrow();
    await expect(listTopicsByKafkajs('SASL_SSL', { ssl, ...sasl('kafka') })).rejects.toThrow();
  });

  test('is let in by its certificate, and not without one', async () => {
    const alice = authority.issue({ subject: [['CN', 'alice']] });
    const config = { ssl: { ...ssl, cert: alice.certificate, key: alice.key } };
    await expect(listTopicsByKafkajs('MTLS', config)).resolves.toEqual([]);
    await expect(listTopicsByKafkajs('MTLS', { ssl })).rejects.toThrow();
  });

  test('gets nowhere without authentication', async () => {
    await expect(listTopicsByKafkajs('SASL_PLAINTEXT', {})).rejects.toThrow();
    await expect(listTopicsByKafkajs('SASL_SSL', { ssl })).rejects.toThrow();
  });
});

describe('@platformatic/kafka', () => {
  test.each([
    ['SSL', 'SSL', { tls: ssl }],
    ['PLAIN', 'SASL_SSL', { tls: ssl, sasl: { mechanism: 'PLAIN', ...plain } }],
    ['SCRAM-SHA-256', 'SASL_PLAINTEXT', { sasl: { mechanism: 'SCRAM-SHA-256', ...scram } }],
    ['SCRAM-SHA-512', 'SASL_SSL', { tls: ssl, sasl: { mechanism: 'SCRAM-SHA-512', ...scram } }],
  ] as const)('is let in by %s', async (_what, listener, config) => {
    const admin = new PlatformaticAdmin({
      clientId: 'test',
      bootstrapBrokers: [server.addressOf(listener)],
      retries: 0,
      ...config,
    });
    try {
      expect(await admin.listTopics()).toEqual([]);
    } finally {
      await admin.close();
    }
  });
});

test('no secret has been logged', () => {
  const log = JSON.stringify(server.lines);
  expect(server.lines.some(({ message }) => message === 'Authentication failed')).toBe(true);
  for (const secret of ['alice-secret', 'bob-secret', 'guess', 'eyJ', 'PRIVATE KEY']) {
    expect(log).not.toContain(secret);
  }
});
