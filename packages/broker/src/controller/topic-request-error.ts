import { type ErrorCode, KafkaError } from '@millrace/protocol';

/** Kafka's name of an error code. */
export type ErrorName = keyof typeof ErrorCode;

/** Refuses one item of a request; the others go on. */
export function refuse(code: ErrorName, message: string): KafkaError {
  return new KafkaError(code, message);
}

/** Names that occur more than once. */
export function duplicates(names: readonly string[]): ReadonlySet<string> {
  const seen = new Set<string>();
  const twice = new Set<string>();
  for (const name of names) {
    if (seen.has(name)) twice.add(name);
    seen.add(name);
  }
  return twice;
}
