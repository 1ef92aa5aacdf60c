import { InvalidPropertyError, property, PropertySet, type PropertyDefinition } from '@millrace/config';
import { KafkaError } from '@millrace/protocol';
import { RE2JS } from 're2js';

const [MIN_INTERVAL_MS, MAX_INTERVAL_MS] = [100, 3_600_000];

const definitions = {
  metrics: property.list({
    default: [],
    doc: 'Metrics that the clients push, by the beginning of their names; `*` for all.',
  }),
  'interval.ms': property.int({
    default: 300_000,
    min: MIN_INTERVAL_MS,
    max: MAX_INTERVAL_MS,
    doc: 'How often the clients push.',
  }),
  match: property.list({
    default: [],
    doc: 'Which clients: NAME=EXPRESSION, all of which must match. Names are `client_instance_id`, `client_id`, `client_software_name`, `client_software_version`, `client_source_address`, `client_source_port`. Empty: every client.',
  }),
} as const;

type ClientMetricsConfigName = keyof typeof definitions;

/** The settings of a client metrics resource (config resource type 16), with Kafka's names. */
export const clientMetricsConfigProperties = new PropertySet(definitions);

/** What clients can be told apart by, with Kafka's names. */
export const clientAttributeNames = [
  'client_instance_id',
  'client_id',
  'client_software_name',
  'client_software_version',
  'client_source_address',
  'client_source_port',
] as const;

export type ClientAttributeName = (typeof clientAttributeNames)[number];

/** Who pushes what, and how often: one client metrics resource. */
export interface ClientMetricsSubscription {
  readonly metrics: readonly string[];
  readonly intervalMs: number;
  /** Each must match the whole value. */
  readonly match: ReadonlyMap<ClientAttributeName, RE2JS>;
}

/** The definition of a setting; `undefined` for other names. */
export function clientMetricsConfigDefinition(name: string): PropertyDefinition<unknown> | undefined {
  return clientMetricsConfigProperties.has(name) ? definitions[name] : undefined;
}

/** @throws KafkaError INVALID_REQUEST, INVALID_CONFIG, as Apache Kafka tells them apart */
export function clientMetricsSubscription(overrides: ReadonlyMap<string, string>): ClientMetricsSubscription {
  for (const name of overrides.keys()) {
    if (!clientMetricsConfigProperties.has(name))
      throw new KafkaError('INVALID_REQUEST', `Unknown client metrics configuration: ${name}`);
  }
  const intervalMs = valueOf('interval.ms', overrides);
  return {
    metrics: valueOf('metrics', overrides),
    intervalMs,
    match: parseMatch(valueOf('match', overrides)),
  };
}

function valueOf<Name extends ClientMetricsConfigName>(
  name: Name,
  overrides: ReadonlyMap<string, string>,
): NonNullable<(typeof definitions)[Name]['default']> {
  const text = overrides.get(name);
  const definition = definitions[name] as PropertyDefinition<
    NonNullable<(typeof definitions)[Name]['default']>
  >;
  if (text === undefined) return definition.default!;
  try {
    return definition.parse(text);
  } catch (cause) {
    // As in Kafka: what is out of range is another error than what is no number.
    const code = /^-?\d+$/.test(text) ? 'INVALID_REQUEST' : 'INVALID_CONFIG';
    throw new KafkaError(code, InvalidPropertyError.illegal(name, text, cause).message, { cause });
  }
}

function parseMatch(items: readonly string[]): Map<ClientAttributeName, RE2JS> {
  const match = new Map<ClientAttributeName, RE2JS>();
  for (const item of items) {
    const separator = item.indexOf('=');
    const name = clientAttributeNames.find((known) => known === item.slice(0, separator).trim());
    if (separator < 0 || name === undefined) throw illegalMatch(item);
    try {
      // In linear time whatever it says, so that nobody can stop the broker with it.
      match.set(name, RE2JS.compile(item.slice(separator + 1).trim()));
    } catch (cause) {
      throw illegalMatch(item, cause);
    }
  }
  return match;
}

function illegalMatch(item: string, cause?: unknown): KafkaError {
  return new KafkaError('INVALID_CONFIG', `Illegal client matching pattern: ${item}`, { cause });
}
