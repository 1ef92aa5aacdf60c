/** What can be limited, with Kafka's names. */
export const QuotaKey = {
  PRODUCER_BYTE_RATE: 'producer_byte_rate',
  CONSUMER_BYTE_RATE: 'consumer_byte_rate',
  REQUEST_PERCENTAGE: 'request_percentage',
  CONTROLLER_MUTATION_RATE: 'controller_mutation_rate',
  CONNECTION_CREATION_RATE: 'connection_creation_rate',
} as const;

/** As Apache Kafka lists up to three of them: the order of Java's hash table, which clients have come to expect. */
const listed: readonly string[] = [
  QuotaKey.CONSUMER_BYTE_RATE,
  QuotaKey.CONTROLLER_MUTATION_RATE,
  QuotaKey.REQUEST_PERCENTAGE,
  QuotaKey.PRODUCER_BYTE_RATE,
];

/** For sorting. */
export function compareQuotaKeys(a: string, b: string): number {
  return listed.indexOf(a) - listed.indexOf(b);
}

/** A rate of whole things, or of anything. */
export type QuotaNumber = 'long' | 'int' | 'double';

/** What users and clients may be given. */
export const userQuotaKeys: ReadonlyMap<string, QuotaNumber> = new Map([
  [QuotaKey.PRODUCER_BYTE_RATE, 'long'],
  [QuotaKey.CONSUMER_BYTE_RATE, 'long'],
  [QuotaKey.REQUEST_PERCENTAGE, 'double'],
  [QuotaKey.CONTROLLER_MUTATION_RATE, 'double'],
]);

/** What addresses may be given. */
export const addressQuotaKeys: ReadonlyMap<string, QuotaNumber> = new Map([
  [QuotaKey.CONNECTION_CREATION_RATE, 'int'],
]);
