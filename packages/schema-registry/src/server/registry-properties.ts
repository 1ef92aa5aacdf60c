import { property, PropertySet, type PropertyInput } from '@millrace/config';
import { compatibilityLevels } from '../compatibility/compatibility-level.ts';

const INT_MAX = 2147483647;
const SEARCH_LIMIT = 1000;
const NONE: string = '';

/** What the server can be told, by the names of Confluent's schema registry. */
export const registryProperties = new PropertySet({
  listeners: property.list({
    default: ['http://127.0.0.1:8081'],
    doc: 'Addresses to listen on, http:// or https://; port 0 picks one. The first is the one that other instances use.',
  }),
  'host.name': property.string({
    default: NONE,
    doc: 'The host under which other instances reach this one. Default: that of the first listener.',
  }),
  'kafkastore.bootstrap.servers': property.list({
    doc: 'host:port of brokers of the cluster that keeps the schemas; PLAINTEXT:// in front is allowed.',
  }),
  'kafkastore.topic': property.string({
    default: '_schemas',
    doc: 'The compacted topic that keeps the schemas.',
  }),
  'kafkastore.topic.replication.factor': property.int({
    default: 3,
    min: 1,
    doc: 'Replicas of the topic when it is created; at most one per broker that is there.',
  }),
  'kafkastore.topic.skip.validation': property.boolean({
    default: false,
    doc: 'Takes the topic as it is, even with several partitions or another cleanup.policy.',
  }),
  'kafkastore.init.timeout.ms': property.int({
    default: 60_000,
    min: 1,
    doc: 'How long creating or checking the topic and reading it for the first time may take.',
  }),
  'kafkastore.timeout.ms': property.int({
    default: 10_000,
    min: 1,
    doc: 'How long one write may take, until it is read back. Confluent has 500, which slow disks exceed.',
  }),
  'schema.registry.group.id': property.string({
    default: 'schema-registry',
    doc: 'The group in which instances elect the one that takes writes.',
  }),
  'kafkagroup.session.timeout.ms': property.int({
    default: 10_000,
    min: 1,
    doc: 'An instance that sends no heartbeat for this long no longer counts in elections.',
  }),
  'kafkagroup.heartbeat.interval.ms': property.int({
    default: 3000,
    min: 1,
    doc: 'Time between two heartbeats.',
  }),
  'kafkagroup.rebalance.timeout.ms': property.int({
    default: 300_000,
    min: 1,
    doc: 'How long instances may take to join an election.',
  }),
  'leader.eligibility': property.boolean({
    default: true,
    doc: 'Whether this instance may take writes; false makes it one that reads and forwards.',
  }),
  'leader.election.sticky': property.boolean({
    default: false,
    doc: 'The instance that leads stays when others join. All instances need the same value.',
  }),
  'leader.read.timeout.ms': property.int({
    default: 60_000,
    min: 1,
    doc: 'How long the leader may take to answer a forwarded write.',
  }),
  'schema.compatibility.level': property.string({
    default: 'BACKWARD',
    doc: `The level where none is set, in any letter case: ${compatibilityLevels.join(', ')}.`,
  }),
  'schema.validate.fields': property.boolean({
    default: false,
    doc: 'Whether fields listed in the metadata property confluent:reserved are kept free.',
  }),
  'schema.validate.new.schemas': property.boolean({
    default: true,
    doc: 'Whether new schemas are read with every rule of their format, names and defaults included.',
  }),
  'schema.cache.size': property.int({
    default: 1000,
    min: 1,
    doc: 'How many parsed schemas stay in memory.',
  }),
  'schema.search.default.limit': property.int({
    default: SEARCH_LIMIT,
    min: 1,
    doc: 'Schemas per page when none is asked for.',
  }),
  'schema.search.max.limit': property.int({ default: SEARCH_LIMIT, min: 1, doc: 'Most schemas per page.' }),
  'subject.search.default.limit': property.int({
    default: INT_MAX,
    min: 1,
    doc: 'Subjects per page when none is asked for.',
  }),
  'subject.search.max.limit': property.int({ default: INT_MAX, min: 1, doc: 'Most subjects per page.' }),
  'subject.version.search.default.limit': property.int({
    default: INT_MAX,
    min: 1,
    doc: 'Versions per page when none is asked for.',
  }),
  'subject.version.search.max.limit': property.int({
    default: INT_MAX,
    min: 1,
    doc: 'Most versions per page.',
  }),
  'context.search.default.limit': property.int({
    default: INT_MAX,
    min: 1,
    doc: 'Contexts per page when none is asked for.',
  }),
  'context.search.max.limit': property.int({ default: INT_MAX, min: 1, doc: 'Most contexts per page.' }),
  'mode.mutability': property.boolean({ default: true, doc: 'Whether modes can be changed.' }),
  'associations.enable': property.boolean({
    default: true,
    doc: 'Whether topics can be associated with subjects. Without, the addresses answer 404.',
  }),
  'reference.versions.strict': property.boolean({
    default: false,
    doc: 'Whether one name may stand for one version only, in everything that a schema refers to.',
  }),
  'size.limit.filter.enabled': property.boolean({
    default: false,
    doc: 'Whether requests are limited to size.limit.filter.max.request.body.size; 64 MiB is the limit otherwise.',
  }),
  'size.limit.filter.max.request.body.size': property.int({
    default: 1_048_576,
    min: 1,
    doc: 'Most bytes of a request body, with size.limit.filter.enabled.',
  }),
  'authentication.method': property.string({
    default: 'NONE',
    oneOf: ['NONE', 'BASIC'],
    doc: 'BASIC asks for user and password, of authentication.users.file or as the option authenticate decides.',
  }),
  'authentication.users.file': property.string({
    default: NONE,
    doc: "Who may ask with BASIC: lines name: password[,role,...] as in Confluent's file; a password may be MD5:<hex>.",
  }),
  'authentication.roles': property.list({
    default: ['*'],
    doc: 'Users of authentication.users.file need one of these roles; * lets in all of them.',
  }),
  'authentication.realm': property.string({
    default: 'SchemaRegistry',
    doc: 'The realm that is shown to a user who is asked for a password.',
  }),
  'ssl.keystore.certificate.chain': property.string({
    default: NONE,
    doc: 'Certificate and chain of https:// listeners, as PEM text.',
  }),
  'ssl.keystore.key': property.password({
    default: NONE,
    doc: 'Private key of https:// listeners, as PEM text.',
  }),
});

/** Also takes `kafkastore.` before any property of Kafka clients, for example `kafkastore.request.timeout.ms`. */
export type RegistryProperties = PropertyInput<typeof registryProperties.definitions>;
