import type { ParsedProperties } from '@millrace/config';
import type { CompressionType } from '@millrace/protocol';
import { InvalidConfigError } from '../errors.ts';
import type { producerProperties } from './producer-properties.ts';

/** The producer's properties, checked against each other and in the form the code uses. */
export interface ProducerSettings {
  /** -1 for all. */
  readonly acks: -1 | 0 | 1;
  readonly isIdempotent: boolean;
  /** `undefined` for a producer without transactions. */
  readonly transactionalId: string | undefined;
  readonly transactionTimeoutMs: number;
  readonly retries: number;
  readonly deliveryTimeoutMs: number;
  readonly requestTimeoutMs: number;
  readonly batchSizeBytes: number;
  readonly lingerMs: number;
  /** `linger.ms` was set: it is kept to the letter, also when waiting gains nothing. */
  readonly isLingerExplicit: boolean;
  readonly bufferMemoryBytes: number;
  readonly maxBlockMs: number;
  readonly maxRequestBytes: number;
  readonly maxInFlight: number;
  readonly compression: CompressionType;
  readonly compressionLevel: number | undefined;
  readonly isAdaptive: boolean;
  readonly availabilityTimeoutMs: number;
  readonly ignoreKeys: boolean;
}

const MAX_IDEMPOTENT_IN_FLIGHT = 5;

type Parsed = ParsedProperties<typeof producerProperties.definitions>;

/** @throws InvalidConfigError where properties contradict each other */
export function producerSettings(parsed: Parsed): ProducerSettings {
  const { values, explicit } = parsed;
  const lingerMs = values['linger.ms'];
  return {
    acks: values.acks === 'all' ? -1 : (Number(values.acks) as -1 | 0 | 1),
    isIdempotent: isIdempotent(parsed),
    transactionalId: transactionalId(parsed),
    transactionTimeoutMs: values['transaction.timeout.ms'],
    retries: values.retries,
    deliveryTimeoutMs: deliveryTimeoutMs(parsed),
    requestTimeoutMs: values['request.timeout.ms'],
    batchSizeBytes: Math.max(1, values['batch.size']),
    lingerMs,
    isLingerExplicit: explicit.has('linger.ms'),
    bufferMemoryBytes: values['buffer.memory'],
    maxBlockMs: values['max.block.ms'],
    maxRequestBytes: values['max.request.size'],
    maxInFlight: values['max.in.flight.requests.per.connection'],
    compression: values['compression.type'],
    compressionLevel: compressionLevel(parsed),
    isAdaptive: values['partitioner.adaptive.partitioning.enable'],
    availabilityTimeoutMs: values['partitioner.availability.timeout.ms'],
    ignoreKeys: values['partitioner.ignore.keys'],
  };
}

function transactionalId(parsed: Parsed): string | undefined {
  const id = parsed.values['transactional.id'];
  if (id === '') return undefined;
  if (isIdempotent(parsed)) return id;
  const conflict = idempotenceConflict(parsed.values) ?? 'needs enable.idempotence';
  throw new InvalidConfigError('transactional.id', `is set, which ${conflict}`);
}

/** As in Kafka: switched off silently by what the user set, an error if the user asked for it as well. */
function isIdempotent({ values, explicit }: Parsed): boolean {
  if (!values['enable.idempotence']) return false;
  const conflict = idempotenceConflict(values);
  if (conflict === undefined) return true;
  if (explicit.has('enable.idempotence')) {
    throw new InvalidConfigError('enable.idempotence', `is true, which ${conflict}`);
  }
  return false;
}

function idempotenceConflict(values: Parsed['values']): string | undefined {
  const inFlight = values['max.in.flight.requests.per.connection'];
  if (values.acks !== 'all' && values.acks !== '-1') return `needs acks=all, but acks is ${values.acks}`;
  if (values.retries === 0) return 'needs retries, but retries is 0';
  if (inFlight <= MAX_IDEMPOTENT_IN_FLIGHT) return undefined;
  return `allows at most 5 in flight, but max.in.flight.requests.per.connection is ${inFlight}`;
}

function deliveryTimeoutMs({ values, explicit }: Parsed): number {
  const timeoutMs = values['delivery.timeout.ms'];
  const leastMs = values['linger.ms'] + values['request.timeout.ms'];
  if (timeoutMs >= leastMs) return timeoutMs;
  if (!explicit.has('delivery.timeout.ms')) return leastMs;
  throw new InvalidConfigError(
    'delivery.timeout.ms',
    `is ${timeoutMs}, but must be at least linger.ms + request.timeout.ms, which is ${leastMs}`,
  );
}

function compressionLevel({ values, explicit }: Parsed): number | undefined {
  const codec = values['compression.type'];
  if (codec === 'none' || codec === 'snappy') return undefined;
  const name = `compression.${codec}.level` as const;
  return explicit.has(name) ? values[name] : undefined;
}
