import type { JsonNode } from '../../json-text/json-node.ts';

/** What the bytes of a type mean, as the specification lists it. */
export type LogicalType =
  | { readonly name: 'decimal'; readonly precision: number; readonly scale: number }
  | { readonly name: PlainLogicalName };

/** Logical types without attributes. */
export type PlainLogicalName =
  | 'uuid'
  | 'date'
  | 'time-millis'
  | 'time-micros'
  | 'timestamp-millis'
  | 'timestamp-micros'
  | 'timestamp-nanos'
  | 'local-timestamp-millis'
  | 'local-timestamp-micros'
  | 'local-timestamp-nanos'
  | 'duration';

const UUID_BYTES = 16;
const DURATION_BYTES = 12;

const kindsOf: Readonly<Record<PlainLogicalName, readonly string[]>> = {
  uuid: ['string', 'fixed'],
  date: ['int'],
  'time-millis': ['int'],
  'time-micros': ['long'],
  'timestamp-millis': ['long'],
  'timestamp-micros': ['long'],
  'timestamp-nanos': ['long'],
  'local-timestamp-millis': ['long'],
  'local-timestamp-micros': ['long'],
  'local-timestamp-nanos': ['long'],
  duration: ['fixed'],
};

/** The logical type that properties name, if it fits the type they stand at; the specification wants others ignored. */
export function logicalTypeOf(
  kind: string,
  properties: ReadonlyMap<string, JsonNode>,
  sizeBytes?: number,
): LogicalType | undefined {
  const node = properties.get('logicalType');
  if (node?.kind !== 'string') return undefined;
  if (node.value === 'decimal') return decimal(kind, properties, sizeBytes);
  const name = node.value as PlainLogicalName;
  if (!Object.hasOwn(kindsOf, name) || !kindsOf[name].includes(kind)) return undefined;
  if (kind === 'fixed' && sizeBytes !== (name === 'uuid' ? UUID_BYTES : DURATION_BYTES)) return undefined;
  return { name };
}

function decimal(
  kind: string,
  properties: ReadonlyMap<string, JsonNode>,
  sizeBytes: number | undefined,
): LogicalType | undefined {
  if (kind !== 'bytes' && kind !== 'fixed') return undefined;
  const precision = wholeNumber(properties.get('precision'));
  const scale = properties.has('scale') ? wholeNumber(properties.get('scale')) : 0;
  if (precision === undefined || precision < 1 || scale === undefined || scale < 0 || scale > precision) {
    return undefined;
  }
  // The digits that a two's complement number of that many bytes always holds.
  const maxPrecision = kind === 'bytes' ? Infinity : Math.floor(Math.log10(2) * (8 * (sizeBytes ?? 0) - 1));
  return precision > maxPrecision ? undefined : { name: 'decimal', precision, scale };
}

function wholeNumber(node: JsonNode | undefined): number | undefined {
  return node?.kind === 'number' && /^-?\d+$/.test(node.lexeme) ? Number(node.lexeme) : undefined;
}
