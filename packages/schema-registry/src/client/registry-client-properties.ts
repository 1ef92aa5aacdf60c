import { property, PropertySet, type PropertyInput } from '@millrace/config';

/** Typed as text, so that a property is not taken for one that can only be empty. */
const NONE: string = '';

/** The properties of a registry client, by Confluent's names and with its defaults. */
export const registryClientProperties = new PropertySet({
  'schema.registry.url': property.list({
    doc: 'Addresses of registries of one cluster; they are tried in turn, beginning with the last that answered.',
  }),
  'max.retries': property.int({
    default: 3,
    min: 0,
    doc: 'How often all addresses are tried again after a failure that may pass: no answer, 408, 429, 500, 502, 503, 504.',
  }),
  'retries.wait.ms': property.int({
    default: 1000,
    min: 0,
    doc: 'Longest wait before the first retry; it doubles with each one, and the wait is a random part of it.',
  }),
  'retries.max.wait.ms': property.int({
    default: 20_000,
    min: 0,
    doc: 'Longest wait before any retry.',
  }),
  'http.read.timeout.ms': property.int({
    default: 60_000,
    min: 1,
    doc: 'How long one registry may take to answer one attempt, connecting included.',
  }),
  'max.schemas.per.subject': property.int({
    default: 1000,
    min: 1,
    doc: 'How many schemas by id, by GUID and by version the client remembers, each.',
  }),
  'basic.auth.credentials.source': property.string({
    default: 'URL',
    oneOf: ['URL', 'USER_INFO', 'SASL_INHERIT'],
    doc: 'Where name and password come from: the address, basic.auth.user.info, or sasl.jaas.config.',
  }),
  'basic.auth.user.info': property.password({
    default: NONE,
    doc: 'name:password, for basic.auth.credentials.source=USER_INFO.',
  }),
  'sasl.jaas.config': property.password({
    default: NONE,
    doc: 'The login of the Kafka client, for basic.auth.credentials.source=SASL_INHERIT.',
  }),
  'bearer.auth.credentials.source': property.string({
    default: 'STATIC_TOKEN',
    oneOf: ['STATIC_TOKEN', 'OAUTHBEARER', 'CUSTOM'],
    doc: 'Where a token comes from: bearer.auth.token, the client credentials flow, or the function in the options.',
  }),
  'bearer.auth.token': property.password({ default: NONE, doc: 'The token, for STATIC_TOKEN.' }),
  'bearer.auth.issuer.endpoint.url': property.string({
    default: NONE,
    doc: 'The token endpoint, for OAUTHBEARER.',
  }),
  'bearer.auth.client.id': property.string({ default: NONE, doc: 'The client id, for OAUTHBEARER.' }),
  'bearer.auth.client.secret': property.password({
    default: NONE,
    doc: 'The client secret, for OAUTHBEARER.',
  }),
  'bearer.auth.scope': property.string({ default: NONE, doc: 'The scope asked for, for OAUTHBEARER.' }),
  'bearer.auth.cache.expiry.buffer.seconds': property.int({
    default: 300,
    min: 0,
    doc: 'How long before its end a token is replaced, for OAUTHBEARER.',
  }),
  'bearer.auth.logical.cluster': property.string({
    default: NONE,
    doc: 'Sent as target-sr-cluster beside a token.',
  }),
  'bearer.auth.identity.pool.id': property.string({
    default: NONE,
    doc: 'Sent as Confluent-Identity-Pool-Id beside a token.',
  }),
});

/** Properties of a registry client, as text or as values; `schema.registry.url` is required. */
export type RegistryClientProperties = PropertyInput<(typeof registryClientProperties)['definitions']>;

/** The same, typed and with defaults. */
export type RegistryClientSettings = ReturnType<(typeof registryClientProperties)['parse']>['values'];
