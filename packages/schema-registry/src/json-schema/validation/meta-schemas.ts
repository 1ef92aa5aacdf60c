import type { ErrorObject } from 'ajv';
import { drafts, type Draft } from '../draft/draft.ts';
import { SchemaDocument } from '../draft/schema-document.ts';
import type { JsonValue } from '../../json-text/json-node.ts';
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

const documents = new Map<string, SchemaDocument>();

/** The meta-schema with an address, or one of the parts that later drafts have put theirs together from, as a document. */
export function metaSchemaDocument(address: string): SchemaDocument | undefined {
  const known = documents.get(address);
  if (known !== undefined) return known;
  const draft = drafts.find((candidate) => address.startsWith(folderOf(candidate)));
  const schema = draft === undefined ? undefined : metaAjv(draft).getSchema(address)?.schema;
  if (draft === undefined || schema === undefined) return undefined;
  const document = new SchemaDocument(schema, draft, []);
  documents.set(address, document);
  return document;
}

/** What the addresses of all meta-schemas of a draft begin with. */
function folderOf(draft: Draft): string {
  return metaSchemaAddress[draft].replace(/schema$/, '');
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
