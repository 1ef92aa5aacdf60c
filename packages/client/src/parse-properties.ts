import { InvalidPropertyError, nearestName, type ParsedProperties } from '@millrace/config';
import { silentLogger } from '@millrace/host';
import { clientOptionNames, type ClientOptions } from './client-options.ts';
import { isJavaProperty, whyWithoutEffect } from './java-properties.ts';
import { propertyOwners } from './property-owners.ts';

/** The part of a `PropertySet` that parsing needs. */
export interface PropertyParser<D> {
  parse(input: Readonly<Record<string, unknown>>): ParsedProperties<D>;
  names(): readonly string[];
}

/** Names from other clients for Node.js, too far from Kafka's to be found by their letters. */
const namesOfOthers: ReadonlyMap<string, string> = new Map([
  ['brokers', 'bootstrap.servers'],
  ['bootstrapBrokers', 'bootstrap.servers'],
  ['metadata.broker.list', 'bootstrap.servers'],
]);

/**
 * Parses what a user passes to a client. Kafka's names that mean nothing to this kind of client are accepted: those of
 * Kafka's Java client with a debug line, those of other kinds of clients with a warning, since both come in files that
 * are shared.
 * @param client What it is called in messages: `Producer`, `Consumer`, …
 * @throws InvalidPropertyError for names that no Kafka client has, with the nearest that this one has;
 *   InvalidConfigError for values of Kafka's that cannot be ignored
 */
export function parseProperties<D>(
  client: string,
  set: PropertyParser<D>,
  input: Readonly<Record<string, unknown>>,
  options: ClientOptions,
): ParsedProperties<D> {
  const { logger = silentLogger } = options;
  const names = new Set(set.names());
  const unknown: string[] = [];
  for (const name of Object.keys(input)) {
    const value = input[name];
    if (names.has(name) || value === undefined || value === null) continue;
    const owner = propertyOwners().get(name);
    if (owner !== undefined)
      logger.warn('property of another kind of client', { client, property: name, owner });
    else if (isJavaProperty(name)) {
      logger.debug('property without effect', { client, property: name, why: whyWithoutEffect(name, value) });
    } else unknown.push(name);
  }
  if (unknown.length > 0 && options.unknownProperties !== 'ignore')
    throw unknownProperties(client, unknown, names);
  for (const name of unknown) logger.warn('unknown property', { client, property: name });
  return set.parse(input);
}

function unknownProperties(
  client: string,
  unknown: readonly string[],
  names: ReadonlySet<string>,
): InvalidPropertyError {
  const [first] = unknown as [string, ...string[]];
  const list = unknown.map((name) => `"${name}"${hint(name, names)}`).join(', ');
  const what = unknown.length === 1 ? 'Property' : 'Properties';
  return new InvalidPropertyError(first, `${what} ${list} of ${client}: no Kafka client has such a name`);
}

function hint(name: string, names: ReadonlySet<string>): string {
  if (Object.hasOwn(clientOptionNames, name)) return ' (an option: it belongs into the second argument)';
  const nearest = namesOfOthers.get(name) ?? nearestName(name, names);
  return nearest === undefined ? '' : ` (did you mean "${nearest}"?)`;
}
