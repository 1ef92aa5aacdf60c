import { property, PropertySet, type PropertyInput } from '@millrace/config';
import { clientProperties } from '../client-properties.ts';

/** Typed as text, so that the property is not taken for one that can only be empty. */
const NO_TRANSACTIONS: string = '';

/** Kafka's producer properties that this client knows, with Kafka's defaults. */
export const producerProperties = new PropertySet({
  ...clientProperties,
  acks: property.string({
    default: 'all',
    oneOf: ['all', '-1', '0', '1'],
    doc: 'Who must have a batch before it counts as written: all in-sync replicas, the leader (1), nobody (0).',
  }),
  'enable.idempotence': property.boolean({
    default: true,
    doc: 'Retries write nothing twice and keep the order. Needs acks=all, retries > 0 and at most 5 in flight.',
  }),
  retries: property.int({
    default: 2147483647,
    min: 0,
    doc: 'How often a batch is tried again; delivery.timeout.ms is the limit that is meant to matter.',
  }),
  'delivery.timeout.ms': property.int({
    default: 120_000,
    min: 0,
    doc: 'A batch not acknowledged this long after its first record fails, whatever happened to it.',
  }),
  'batch.size': property.int({
    default: 16_384,
    min: 0,
    doc: 'Bytes that a batch may reach before it is sent.',
  }),
  'linger.ms': property.long({
    default: 5,
    min: 0,
    doc:
      'How long a batch waits for more records. When it is not set, a batch with nothing in flight before it in ' +
      'its partition does not wait at all.',
  }),
  'buffer.memory': property.long({
    default: 33_554_432,
    min: 0,
    doc: 'Bytes for records that are not acknowledged yet. When it is full, send() waits up to max.block.ms.',
  }),
  'max.block.ms': property.long({
    default: 60_000,
    min: 0,
    doc: 'How long send() may wait for metadata and for room in buffer.memory, together.',
  }),
  'max.request.size': property.int({
    default: 1_048_576,
    min: 0,
    doc: 'Most bytes of one request, and of one record before compression.',
  }),
  'max.in.flight.requests.per.connection': property.int({
    default: 5,
    min: 1,
    doc: 'Requests sent and not answered per broker. With idempotence at most 5, and the order is kept.',
  }),
  'compression.type': property.string({
    default: 'none',
    oneOf: ['none', 'gzip', 'snappy', 'lz4', 'zstd'],
    doc: 'Codec of whole batches.',
  }),
  'compression.gzip.level': property.int({
    default: -1,
    min: -1,
    max: 9,
    doc: 'gzip level; -1 is its default.',
  }),
  'compression.lz4.level': property.int({ default: 9, min: 1, max: 17, doc: 'lz4 level.' }),
  'compression.zstd.level': property.int({ default: 3, min: -131_072, max: 22, doc: 'zstd level.' }),
  'transactional.id': property.string({
    default: NO_TRANSACTIONS,
    doc: 'Makes the producer transactional. One producer at a time has an id: the next one fences it.',
  }),
  'transaction.timeout.ms': property.int({
    default: 60_000,
    min: 1,
    doc: 'A transaction open for longer is aborted by the broker.',
  }),
  'metadata.max.idle.ms': property.long({
    default: 300_000,
    min: 5000,
    doc: 'Topics nothing was sent to for this long are no longer asked for.',
  }),
  'partitioner.class': property.string({
    default: '',
    oneOf: ['', 'RoundRobinPartitioner', 'org.apache.kafka.clients.producer.RoundRobinPartitioner'],
    doc: 'RoundRobinPartitioner: one record after the other to each partition, whatever its key. Others are given as option.',
  }),
  'partitioner.adaptive.partitioning.enable': property.boolean({
    default: true,
    doc: 'Records without a key prefer partitions whose brokers keep up.',
  }),
  'partitioner.availability.timeout.ms': property.long({
    default: 0,
    min: 0,
    doc: 'Partitions with a batch that has waited this long get no records without a key; 0 never excludes any.',
  }),
  'partitioner.ignore.keys': property.boolean({
    default: false,
    doc: 'Records with a key are spread like those without one.',
  }),
});

/** What `new Producer(...)` takes: Kafka's names, as values or as text. */
export type ProducerProperties = PropertyInput<typeof producerProperties.definitions>;
