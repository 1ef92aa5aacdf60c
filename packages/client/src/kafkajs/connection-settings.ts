import type { Duplex } from 'node:stream';
import type { ConnectionOptions, SaslOptions, SocketFactory } from '../security/sasl-options.ts';
import type { ISocketFactory, KafkaConfig, SASLOptions, SslOptions } from './kafka-config.ts';
import { defaultRetry, retryBudgetMs, type RetryOptions } from './kafka-config.ts';
import { KafkaJSNonRetriableError } from './kafkajs-errors.ts';

const requestSlackMs = 1000;

/** Kafka properties and options of a client with this configuration. @throws KafkaJSNonRetriableError for what has no counterpart */
export function connectionSettings(config: KafkaConfig, brokers: readonly string[], retry: RetryOptions) {
  checkConfig(config);
  const { initialRetryTime, maxRetryTime } = { ...defaultRetry, ...retry };
  const requestTimeoutMs = config.requestTimeout ?? 30_000;
  const connectionTimeoutMs = config.connectionTimeout ?? 1000;
  const properties = {
    'bootstrap.servers': brokers.join(','),
    'client.id': config.clientId ?? 'kafkajs',
    'request.timeout.ms': requestTimeoutMs,
    'socket.connection.setup.timeout.ms': connectionTimeoutMs,
    'socket.connection.setup.timeout.max.ms': Math.max(connectionTimeoutMs, 30_000),
    'retry.backoff.ms': Math.min(initialRetryTime, maxRetryTime),
    'retry.backoff.max.ms': maxRetryTime,
    ...securityProtocol(config),
    ...sslProperties(config),
  };
  const options: ConnectionOptions = {
    ...(config.sasl === undefined ? {} : { sasl: saslOptions(config.sasl) }),
    ...(config.socketFactory === undefined
      ? {}
      : { socketFactory: socketFactory(config.socketFactory, config.ssl) }),
  };
  const budgetMs = retryBudgetMs(retry);
  return {
    properties,
    options,
    requestTimeoutMs,
    /** For finding somebody to talk to, or a topic: a first try opens a connection. */
    lookupTimeoutMs: Math.max(budgetMs, connectionTimeoutMs + requestSlackMs),
    /** For operations that a broker may need its time for. */
    apiTimeoutMs: budgetMs + requestTimeoutMs,
  };
}

function checkConfig({ brokers, enforceRequestTimeout }: KafkaConfig): void {
  if (Array.isArray(brokers) && brokers.length === 0) {
    throw new KafkaJSNonRetriableError('Failed to connect: expected brokers array and got empty array');
  }
  if (enforceRequestTimeout === false) {
    throw unsupported('enforceRequestTimeout: false', 'raise requestTimeout: every request has a time-out');
  }
}

/** A socket factory of the user does TLS itself, as in kafkajs. */
function securityProtocol({ ssl, sasl, socketFactory: factory }: KafkaConfig) {
  const usesTls = ssl !== undefined && ssl !== false && factory === undefined;
  const transport = usesTls ? 'SSL' : 'PLAINTEXT';
  return { 'security.protocol': sasl === undefined ? transport : `SASL_${transport}` };
}

const sslNames = ['ca', 'key', 'cert', 'passphrase', 'rejectUnauthorized', 'checkServerIdentity'];

function sslProperties({ ssl, socketFactory: factory }: KafkaConfig): Record<string, string> {
  if (typeof ssl !== 'object' || factory !== undefined) return {};
  for (const name of Object.keys(ssl)) {
    if (sslNames.includes(name)) continue;
    throw unsupported(
      `ssl.${name}`,
      'pass certificates and keys as PEM in ca, cert and key, or a socketFactory',
    );
  }
  if (ssl.rejectUnauthorized === false) {
    throw unsupported('ssl.rejectUnauthorized: false', 'pass the certificate of the authority in ssl.ca');
  }
  return {
    ...(ssl.ca === undefined ? {} : { 'ssl.truststore.certificates': pem(ssl.ca) }),
    ...(ssl.key === undefined ? {} : { 'ssl.keystore.key': String(ssl.key) }),
    ...(ssl.cert === undefined ? {} : { 'ssl.keystore.certificate.chain': pem(ssl.cert) }),
    ...(ssl.passphrase === undefined ? {} : { 'ssl.key.password': ssl.passphrase }),
    ...(ssl.checkServerIdentity === undefined ? {} : { 'ssl.endpoint.identification.algorithm': '' }),
  };
}

function pem(texts: SslOptions['ca']): string {
  return [texts ?? []].flat().map(String).join('\n');
}

function saslOptions(sasl: SASLOptions): SaslOptions {
  const mechanism: string = sasl.mechanism.toUpperCase();
  if ('oauthBearerProvider' in sasl) {
    return { mechanism: 'OAUTHBEARER', token: async () => (await sasl.oauthBearerProvider()).value };
  }
  switch (mechanism) {
    case 'PLAIN':
    case 'SCRAM-SHA-256':
    case 'SCRAM-SHA-512':
      return { mechanism, username: sasl.username, password: sasl.password };
    case 'AWS':
      throw unsupported('sasl.mechanism aws', 'use oauthbearer with a token of the AWS MSK IAM signer');
    default:
      throw unsupported(
        `sasl.mechanism ${sasl.mechanism}`,
        'there are plain, scram-sha-256, scram-sha-512 and oauthbearer',
      );
  }
}

function socketFactory(create: ISocketFactory, ssl: KafkaConfig['ssl']): SocketFactory {
  const tls = ssl === true ? {} : ssl === false ? undefined : ssl;
  return ({ host, port }, { signal }) =>
    new Promise<Duplex>((resolve, reject) => {
      const onConnect = () => resolve(socket);
      const socket = create({ host, port, ssl: tls as object, onConnect });
      socket.once('error', reject);
      signal.addEventListener('abort', () => socket.destroy(), { once: true });
    });
}

/** @param instead what to do */
export function unsupported(option: string, instead: string): KafkaJSNonRetriableError {
  return new KafkaJSNonRetriableError(
    `${option} is not supported by the compatibility layer of @millrace/client: ${instead}`,
  );
}
