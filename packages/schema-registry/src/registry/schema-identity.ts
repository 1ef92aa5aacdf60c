import { createHash } from 'node:crypto';
import { ruleLists, sortedEntries, type Metadata, type Rule, type RuleSet } from './data-contract.ts';

/** A named place of another schema that this one uses. */
export interface SchemaReference {
  readonly name: string;
  readonly subject: string;
  /** -1 in a request means the latest one; stored references have the number. */
  readonly version: number;
}

/** What makes two schemas the same, wherever they are registered. */
export interface SchemaContent {
  readonly schema: string;
  readonly references: readonly SchemaReference[];
  readonly metadata?: Metadata | undefined;
  readonly ruleSet?: RuleSet | undefined;
}

/**
 * The GUID of a schema: the MD5 of its content, printed as a UUID without setting version or variant bits. It is the
 * same in every registry (`client/…/entities/Schema.java` of Confluent's registry).
 */
export function schemaGuid({ schema, references, metadata, ruleSet }: SchemaContent): string {
  const hash = createHash('md5');
  const text = (value: string | undefined) =>
    value !== undefined && value !== '' && hash.update(value, 'utf8');
  text(schema);
  for (const { name, subject, version } of references) {
    text(name);
    text(subject);
    const bytes = Buffer.alloc(4);
    bytes.writeInt32BE(version);
    hash.update(bytes);
  }
  if (metadata !== undefined) {
    hash.update(PRESENT);
    for (const part of metadataTexts(metadata)) text(part);
  }
  if (ruleSet !== undefined) {
    hash.update(PRESENT);
    for (const rule of ruleLists.flatMap((name) => ruleSet[name] ?? [])) {
      for (const part of ruleTexts(rule)) text(part);
      if (rule.disabled) hash.update(PRESENT);
    }
    text(ruleSet.enableAt);
  }
  return asUuid(hash.digest('hex'));
}

const PRESENT = Buffer.from([1]);

function metadataTexts({ tags, properties, sensitive = [] }: Metadata): string[] {
  return [
    ...sortedEntries(tags).flatMap(([key, values]) => [key, ...values]),
    ...sortedEntries(properties).flat(),
    ...sensitive,
  ];
}

function ruleTexts(rule: Rule): (string | undefined)[] {
  const { name, doc, kind, mode, type, tags = [], params, expr, onSuccess, onFailure } = rule;
  return [name, doc, kind, mode, type, ...tags, ...sortedEntries(params).flat(), expr, onSuccess, onFailure];
}

function asUuid(hex: string): string {
  const parts = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)];
  return parts.join('-');
}
