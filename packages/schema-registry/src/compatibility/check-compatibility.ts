import type { CompatibilityPolicy, Incompatibility, ParsedSchema } from '../format/schema-format.ts';
import { demandOf, type CompatibilityDemand, type CompatibilityLevel } from './compatibility-level.ts';

/** An older version; it is parsed only when it is compared. */
export interface PreviousSchema {
  readonly version: number;
  readonly schema: string;
  parsed(): ParsedSchema;
}

/** Longer old schemas are cut off in messages. */
const MAX_SCHEMA_CHARACTERS = 10 * 1024;

/**
 * Why a schema may not follow older ones, in the words of the REST API; nothing when it may.
 * @param previous live versions, the oldest first
 */
export function checkCompatibility(
  schema: ParsedSchema,
  previous: readonly PreviousSchema[],
  { level, policy }: { readonly level: CompatibilityLevel; readonly policy: CompatibilityPolicy },
): string[] {
  const demand = demandOf(level);
  const newestFirst = previous.toReversed();
  for (const old of demand.isTransitive ? newestFirst : newestFirst.slice(0, 1)) {
    const messages = compare(schema, old, demand, policy);
    if (messages.length > 0) return messages;
  }
  return [];
}

function compare(
  schema: ParsedSchema,
  old: PreviousSchema,
  { readsOld, isReadByOld }: CompatibilityDemand,
  policy: CompatibilityPolicy,
): string[] {
  if (!readsOld && !isReadByOld) return [];
  const oldSchema = old.parsed();
  if (oldSchema.type !== schema.type) return ['Incompatible because of different schema type'];
  const asReader = isReadByOld
    ? oldSchema.incompatibilitiesWith(schema, policy).map((found) => inAges(found, 'old'))
    : [];
  const asWriter = readsOld
    ? schema.incompatibilitiesWith(oldSchema, policy).map((found) => inAges(found, 'new'))
    : [];
  const messages = [...asReader, ...asWriter].map(messageOf);
  return messages.length === 0 ? [] : [...messages, ...oldSchemaMessages(old)];
}

/**
 * A description that says which schema is the new and which the old one. Formats do not know: they speak of the schema
 * that reads and the one that writes, or call the reader new and the writer old.
 */
function inAges(found: Incompatibility, reader: 'new' | 'old'): Incompatibility {
  const ages = reader === 'new' ? { reads: 'new', writes: 'old' } : { reads: 'old', writes: 'new' };
  const description = found.description
    .replaceAll(
      /\b(new|old) schema\b/g,
      (_match, age) => `${age === 'new' ? ages.reads : ages.writes} schema`,
    )
    .replaceAll(
      /\bschema that (reads|writes)\b/g,
      (_match, role: 'reads' | 'writes') => `${ages[role]} schema`,
    )
    .replaceAll(/\bwriting schema\b/g, `${ages.writes} schema`)
    .replaceAll(/\breading schema\b/g, `${ages.reads} schema`);
  return { ...found, description };
}

function messageOf({ errorType, description, additionalInfo, path }: Incompatibility): string {
  const info = additionalInfo === undefined ? '' : `, additionalInfo:'${additionalInfo}'`;
  const place = description.includes(path) ? '' : ` at path '${path}'`;
  return `{errorType:'${errorType}', description:'${description}${place}'${info}}`;
}

function oldSchemaMessages({ version, schema }: PreviousSchema): string[] {
  const isLong = schema.length > MAX_SCHEMA_CHARACTERS;
  const text = isLong ? `<truncated> '${schema.slice(0, MAX_SCHEMA_CHARACTERS)}...'` : `'${schema}'`;
  return [`{oldSchemaVersion: ${version}}`, `{oldSchema: ${text}}`];
}
