import { InvalidConfigError } from './errors.ts';

/**
 * Properties of Kafka's Java clients (4.3) that have no effect here, so that a file written for those can be used as it
 * is. What is said of them in the debug line: why they are not needed, or what is there instead.
 */
export const javaProperties: ReadonlyMap<string, string> = new Map([
  ...named('keys and values are bytes or text; typed topics carry serdes', [
    'key.serializer',
    'value.serializer',
    'key.deserializer',
    'value.deserializer',
  ]),
  ...named('see metrics()', [
    'metric.reporters',
    'metrics.num.samples',
    'metrics.recording.level',
    'metrics.sample.window.ms',
  ]),
  ...named('the operating system decides', ['receive.buffer.bytes', 'send.buffer.bytes']),
  ...named('there are the mechanisms of sasl.mechanism, and the option "sasl"', [
    'sasl.client.callback.handler.class',
    'sasl.login.callback.handler.class',
    'sasl.login.class',
    'sasl.kerberos.kinit.cmd',
    'sasl.kerberos.min.time.before.relogin',
    'sasl.kerberos.service.name',
    'sasl.kerberos.ticket.renew.jitter',
    'sasl.kerberos.ticket.renew.window.factor',
  ]),
  ...named('tokens are replaced by sasl.login.refresh.window.factor, and tried again with retry.backoff.ms', [
    'sasl.login.connect.timeout.ms',
    'sasl.login.read.timeout.ms',
    'sasl.login.refresh.buffer.seconds',
    'sasl.login.refresh.min.period.seconds',
    'sasl.login.refresh.window.jitter',
    'sasl.login.retry.backoff.max.ms',
    'sasl.login.retry.backoff.ms',
  ]),
  ...named('brokers check tokens; a token of your own comes by the option "sasl"', [
    'sasl.oauthbearer.assertion.algorithm',
    'sasl.oauthbearer.assertion.claim.aud',
    'sasl.oauthbearer.assertion.claim.exp.seconds',
    'sasl.oauthbearer.assertion.claim.iss',
    'sasl.oauthbearer.assertion.claim.jti.include',
    'sasl.oauthbearer.assertion.claim.nbf.seconds',
    'sasl.oauthbearer.assertion.claim.sub',
    'sasl.oauthbearer.assertion.file',
    'sasl.oauthbearer.assertion.private.key.file',
    'sasl.oauthbearer.assertion.private.key.passphrase',
    'sasl.oauthbearer.assertion.template.file',
    'sasl.oauthbearer.clock.skew.seconds',
    'sasl.oauthbearer.expected.audience',
    'sasl.oauthbearer.expected.issuer',
    'sasl.oauthbearer.header.urlencode',
    'sasl.oauthbearer.jwks.endpoint.refresh.ms',
    'sasl.oauthbearer.jwks.endpoint.retry.backoff.max.ms',
    'sasl.oauthbearer.jwks.endpoint.retry.backoff.ms',
    'sasl.oauthbearer.jwks.endpoint.url',
    'sasl.oauthbearer.jwt.retriever.class',
    'sasl.oauthbearer.jwt.validator.class',
    'sasl.oauthbearer.scope.claim.name',
    'sasl.oauthbearer.sub.claim.name',
  ]),
  ...named('TLS is that of Node.js', [
    'security.providers',
    'ssl.keymanager.algorithm',
    'ssl.protocol',
    'ssl.provider',
    'ssl.secure.random.implementation',
    'ssl.trustmanager.algorithm',
    'ssl.truststore.password',
  ]),
]);

/** Properties that can only be left as they are: to ignore a value would break what it promises. */
export const refusedJavaProperties: ReadonlyMap<string, string> = new Map([
  ['bootstrap.controllers', 'give brokers by bootstrap.servers'],
  ['config.providers', 'put the values themselves in place of ${...}'],
  ['interceptor.classes', 'give interceptors of your own by the option "interceptors"'],
  ['ssl.engine.factory.class', 'secure connections yourself by the option "socketFactory"'],
  ['transaction.two.phase.commit.enable', 'leave it false'],
]);

function named(why: string, names: readonly string[]): (readonly [string, string])[] {
  return names.map((name) => [name, why] as const);
}

export function isJavaProperty(name: string): boolean {
  return javaProperties.has(name) || refusedJavaProperties.has(name) || name.startsWith('internal.');
}

/** Why it has no effect. @throws InvalidConfigError for a value that must not be ignored */
export function whyWithoutEffect(name: string, value: unknown): string {
  const instead = refusedJavaProperties.get(name);
  if (instead === undefined) return javaProperties.get(name) ?? 'internal to the Java client';
  const text = String(value).trim();
  if (text === '' || text === 'false') return 'it asks for nothing';
  throw new InvalidConfigError(name, `is ${JSON.stringify(value)}, which there is none of here; ${instead}`);
}
