import type { ParsedSchema } from '../../format/schema-format.ts';
import type { SchemaContent, SchemaReference } from '../schema-identity.ts';
import type { RegistryView } from '../registry-view.ts';
import type { SchemaRequest } from '../schema-request.ts';
import { byCodeUnit } from '../data-contract.ts';

/** A request understood: the parsed schema, and the content as it is stored. */
export interface CanonicalContent {
  readonly parsed: ParsedSchema;
  readonly content: SchemaContent;
}

export interface CanonicalOptions {
  readonly strict: boolean;
  readonly normalize: boolean;
}

/** @throws RestError INVALID_SCHEMA */
export function canonicalContent(
  { state, schemas }: RegistryView,
  subject: string,
  request: SchemaRequest,
  { strict, normalize }: CanonicalOptions,
): CanonicalContent {
  const { schema, schemaType, metadata, ruleSet } = request;
  const wanted = normalize ? sortedReferences(request.references) : request.references;
  const text = { subject, schemaType, schema, references: wanted };
  const { parsed, references } = schemas.request(state, text, { strict });
  const canonical = normalize ? parsed.normalized : parsed.canonical;
  return { parsed, content: { schema: canonical, references, metadata, ruleSet } };
}

function sortedReferences(references: readonly SchemaReference[]): SchemaReference[] {
  const byKey = new Map(references.map((reference) => [JSON.stringify(reference), reference]));
  return [...byKey.values()].toSorted((left, right) => byCodeUnit(left.name, right.name));
}
