import type { ErrorObject } from 'ajv';
import { drafts, type Draft } from '../draft/draft.ts';
import { SchemaDocument } from '../draft/schema-document.ts';
import { isMembers, type JsonValue } from '../text/json-node.ts';
import { metaSchemaAddress, metaSchemaAjv, type DraftAjv } from './draft-ajv.ts';

const instances = new Map<Draft, DraftAjv>();

/** What a schema breaks of the rules of its draft. */
export interface MetaSchemaError {
  /** JSON pointer into the schema. */
  readonly pointer: string;
  readonly problem: string;
}

/** Checks the shape of every keyword that the draft knows; undefined when all is well. */
export function metaSchemaError(schema: JsonValue, draft: Draft): MetaSchemaError | undefined {
  const ajv = metaAjv(draft);
  const validate = ajv.getSchema(metaSchemaAddress[draft]);
  if (validate === undefined || validate(schema) === true) return undefined;
  const deepest = deepestError(validate.errors ?? []);
  return deepest === undefined ? undefined : { pointer: deepest.instancePath, problem: problemOf(deepest) };
}

/** The meta-schema with an address as a document, for references to it. */
export function metaSchemaDocument(address: string): SchemaDocument | undefined {
  const draft = drafts.find((candidate) => metaSchemaAddress[candidate] === address);
  const schema = draft === undefined ? undefined : metaAjv(draft).getSchema(address)?.schema;
  return draft === undefined || schema === undefined
    ? undefined
    : new SchemaDocument(schema, draft, metaVocabularies(draft, schema));
}

/** The later drafts spread their meta-schema over several documents. */
function metaVocabularies(draft: Draft, schema: JsonValue): { name: string; document: SchemaDocument }[] {
  const parts = isMembers(schema) && Array.isArray(schema['allOf']) ? (schema['allOf'] as JsonValue[]) : [];
  return parts.flatMap((part) => {
    const reference = isMembers(part) ? part['$ref'] : undefined;
    if (typeof reference !== 'string') return [];
    const name = new URL(reference, metaSchemaAddress[draft]).href;
    const found = metaAjv(draft).getSchema(name)?.schema;
    return found === undefined ? [] : [{ name, document: new SchemaDocument(found, draft, []) }];
  });
}

function metaAjv(draft: Draft): DraftAjv {
  let ajv = instances.get(draft);
  if (ajv === undefined) instances.set(draft, (ajv = metaSchemaAjv(draft)));
  return ajv;
}

/** Of the branches of an `anyOf`, the one that came furthest says best what is wrong. */
function deepestError(errors: readonly ErrorObject[]): ErrorObject | undefined {
  return errors.reduce<ErrorObject | undefined>((deepest, error) => {
    const isDeeper = deepest === undefined || error.instancePath.length > deepest.instancePath.length;
    return isDeeper ? error : deepest;
  }, undefined);
}

function problemOf(error: ErrorObject): string {
  const allowed = (error.params as { allowedValues?: unknown }).allowedValues;
  const values = Array.isArray(allowed) ? ` (${allowed.join(', ')})` : '';
  return `${error.message ?? error.keyword}${values}`;
}
