import type { ErrorObject, Options, ValidateFunction } from 'ajv';
import { InvalidSchemaError } from '../../errors.ts';
import type { SchemaDocument } from '../draft/schema-document.ts';
import type { JsonSchema } from '../json-schema.ts';
import { draftAjv, metaSchemaAddress, type DraftAjv } from './draft-ajv.ts';
import { sealSchema } from './sealed-schema.ts';

/** What a value breaks of its schema. */
export interface ValidationProblem {
  /** JSON pointer into the value. */
  readonly path: string;
  readonly problem: string;
}

/** A compiled schema. */
export type Validator = (value: unknown) => ValidationProblem | undefined;

/** How values are checked. */
export interface ValidatorOptions {
  /** Whether defaults of the schema are put where the value lacks a property. */
  readonly fillsDefaults: boolean;
}

const plainValidators = new WeakMap<JsonSchema, Validator>();
const fillingValidators = new WeakMap<JsonSchema, Validator>();

/**
 * The validator of a schema, compiled once and kept as long as the schema is.
 * @throws InvalidSchemaError for a schema that cannot be compiled
 */
export function validatorOf(schema: JsonSchema, { fillsDefaults }: ValidatorOptions): Validator {
  const known = fillsDefaults ? fillingValidators : plainValidators;
  let validator = known.get(schema);
  if (validator === undefined) known.set(schema, (validator = compileValidator(schema, fillsDefaults)));
  return validator;
}

function compileValidator(schema: JsonSchema, fillsDefaults: boolean): Validator {
  const options = {
    useDefaults: fillsDefaults,
    ownProperties: mentionsInheritedName(schema),
  };
  let validate: ValidateFunction;
  try {
    validate = compile(schema.document, options);
  } catch (error) {
    if (error instanceof InvalidSchemaError) throw error;
    throw new InvalidSchemaError(
      `The schema cannot be compiled: ${(error as Error).message}`,
      {},
      { cause: error },
    );
  }
  return (value) => (validate(value) ? undefined : problemOf(validate.errors?.[0]));
}

function compile(document: SchemaDocument, options: Options): ValidateFunction {
  const sealed = sealSchema(document.rootLocation);
  if (sealed === undefined) return compileByAddresses(document, options);
  const ajv = draftAjv(sealed.vocabulary, { ...options, meta: false });
  for (const { address, schema } of sealed.documents) ajv.addSchema(schema as object, address);
  return ajv.getSchema(sealed.documents[0]!.address)!;
}

/** Leaves references to ajv, which knows dynamic ones. */
function compileByAddresses(document: SchemaDocument, options: Options): ValidateFunction {
  const ajv = draftAjv(document.draft, options);
  addReferences(ajv, document, new Set());
  const root = document.root as { readonly $schema?: string };
  if (root.$schema === undefined || root.$schema.startsWith(metaSchemaAddress[document.draft])) {
    return ajv.compile(document.root as object);
  }
  return ajv.compile({ ...root, $schema: metaSchemaAddress[document.draft] });
}

function addReferences(ajv: DraftAjv, document: SchemaDocument, added: Set<string>): void {
  for (const reference of document.references) {
    if (added.has(reference.name)) continue;
    added.add(reference.name);
    addReferences(ajv, reference.document, added);
    ajv.addSchema(reference.document.root as object, reference.name);
  }
}

/**
 * Names that every object of JavaScript has: only where a schema speaks of one must the validator tell own members from
 * inherited ones, which takes time for each property.
 */
const INHERITED_NAMES = Object.getOwnPropertyNames(Object.prototype).map((name) => `"${name}"`);

function mentionsInheritedName(schema: JsonSchema): boolean {
  const texts = [schema.text, ...schema.references.map((reference) => reference.schema.text)];
  return texts.some((text) => INHERITED_NAMES.some((name) => text.includes(name)));
}

function problemOf(error: ErrorObject | undefined): ValidationProblem {
  if (error === undefined) return { path: '', problem: 'breaks the schema' };
  const { additionalProperty, unevaluatedProperty, allowedValues } = error.params as {
    readonly additionalProperty?: string;
    readonly unevaluatedProperty?: string;
    readonly allowedValues?: readonly unknown[];
  };
  const name = additionalProperty ?? unevaluatedProperty;
  const detail = name === undefined ? '' : ` (${JSON.stringify(name)})`;
  const values = allowedValues === undefined ? '' : ` (${JSON.stringify(allowedValues)})`;
  return { path: error.instancePath, problem: `${error.message ?? error.keyword}${detail}${values}` };
}
