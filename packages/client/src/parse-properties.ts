import type { ParsedProperties } from '@millrace/config';
import type { Logger } from '@millrace/host';

/** The part of a `PropertySet` that parsing needs. */
export interface PropertyParser<D> {
  parse(input: Readonly<Record<string, unknown>>): ParsedProperties<D>;
}

/** Parses what a user passes to a client; names that nobody knows are warned about, as Kafka does. */
export function parseProperties<D>(
  set: PropertyParser<D>,
  input: Readonly<Record<string, unknown>>,
  logger: Logger,
): ParsedProperties<D> {
  const parsed = set.parse(input);
  for (const { name, nearest } of parsed.unknown) {
    logger.warn('unknown property ignored', {
      property: name,
      ...(nearest === undefined ? {} : { nearest }),
    });
  }
  return parsed;
}
