import { InvalidSchemaError } from '../errors.ts';
import type { ParsedSchema, ParseOptions, ResolvedReference, SchemaFormat } from '../format/schema-format.ts';
import { draftOf } from './draft/draft.ts';
import { SchemaDocument } from './draft/schema-document.ts';
import { JsonSchema } from './json-schema.ts';
import { buildModel } from './model/model-builder.ts';
import { parseJson } from '../json-text/json-parser.ts';
import { isMembers, plainValue, type JsonNode, type JsonValue } from '../json-text/json-node.ts';
import { placeOfPointer } from '../json-text/text-place.ts';
import { metaSchemaError } from './validation/meta-schemas.ts';

/** The format, with what it parses to. */
export interface JsonSchemaFormat extends SchemaFormat {
  readonly type: 'JSON';
  parse(text: string, references: readonly ResolvedReference[], options: ParseOptions): JsonSchema;
}

/**
 * JSON Schema: drafts 4, 6, 7, 2019-09 and 2020-12, by `$schema`; draft 7 without. References lead to registered schemas by
 * their name in `references` or by their `$id`; nothing is ever fetched from an address.
 */
export const jsonSchemaFormat: JsonSchemaFormat = { type: 'JSON', parse };

function parse(text: string, references: readonly ResolvedReference[], options: ParseOptions): JsonSchema {
  const tree = parseJson(text);
  const root = plainValue(tree);
  if (typeof root !== 'boolean' && !isMembers(root)) {
    throw new InvalidSchemaError('A JSON Schema is an object, true or false', {
      path: '',
      line: 1,
      column: 1,
    });
  }
  const draft = draftOf(root);
  if (options.strict) refuseBadKeywords(root, text, tree);
  const document = new SchemaDocument(root, draft, references.map(documentOf));
  try {
    return new JsonSchema({ text, tree, document, references, model: buildModel(document.rootLocation) });
  } catch (error) {
    throw withPlace(error, text, tree);
  }
}

function documentOf({ name, schema }: ResolvedReference): { name: string; document: SchemaDocument } {
  return { name, document: asJsonSchema(schema, name).document };
}

/** The schema as one of this format. */
export function asJsonSchema(schema: ParsedSchema, name = 'The schema'): JsonSchema {
  if (schema instanceof JsonSchema) return schema;
  throw new InvalidSchemaError(`${name} is a schema of type ${schema.type}, JSON was expected`);
}

function refuseBadKeywords(root: JsonValue, text: string, tree: JsonNode): void {
  const error = metaSchemaError(root, draftOf(root));
  if (error === undefined) return;
  throw new InvalidSchemaError(
    `The value of a keyword breaks ${draftOf(root)}: ${error.problem}`,
    placeOfPointer(text, tree, error.pointer),
  );
}

/** What the model finds wrong has a path; this adds the line and column of it. */
function withPlace(error: unknown, text: string, tree: JsonNode): unknown {
  if (!(error instanceof InvalidSchemaError) || error.place.line !== undefined) return error;
  const { path } = error.place;
  if (path === undefined) return error;
  const problem = error.message.slice(0, error.message.lastIndexOf(' ('));
  return new InvalidSchemaError(problem, placeOfPointer(text, tree, path), { cause: error });
}
