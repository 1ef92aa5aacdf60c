import type {
  CompatibilityPolicy,
  Incompatibility,
  ParsedSchema,
  ResolvedReference,
} from '../format/schema-format.ts';
import { schemaIncompatibilities } from './compatibility/schema-incompatibilities.ts';
import type { SchemaDocument } from './draft/schema-document.ts';
import type { SchemaNode } from './model/schema-model.ts';
import { isMembers, type JsonNode } from '../json-text/json-node.ts';
import { printJson } from '../json-text/json-printer.ts';

/** A JSON Schema that was understood. */
export class JsonSchema implements ParsedSchema {
  readonly type = 'JSON';
  readonly text: string;
  readonly references: readonly ResolvedReference[];
  readonly document: SchemaDocument;
  readonly model: SchemaNode;
  readonly #tree: JsonNode;
  #canonical: string | undefined;
  #normalized: string | undefined;

  constructor(parts: {
    readonly text: string;
    readonly tree: JsonNode;
    readonly document: SchemaDocument;
    readonly references: readonly ResolvedReference[];
    readonly model: SchemaNode;
  }) {
    this.text = parts.text;
    this.references = parts.references;
    this.document = parts.document;
    this.model = parts.model;
    this.#tree = parts.tree;
  }

  /** Without blanks, members in the order of the text. */
  get canonical(): string {
    return (this.#canonical ??= printJson(this.#tree, 'text'));
  }

  /** Without blanks, members sorted by name. */
  get normalized(): string {
    return (this.#normalized ??= printJson(this.#tree, 'name'));
  }

  get name(): string | undefined {
    const { root } = this.document;
    const title = isMembers(root) ? root['title'] : undefined;
    return typeof title === 'string' ? title : undefined;
  }

  /** JSON Schema has one form. */
  formatted(_format: string): undefined {
    return undefined;
  }

  incompatibilitiesWith(previous: ParsedSchema, policy: CompatibilityPolicy): readonly Incompatibility[] {
    return schemaIncompatibilities(previous, this, policy);
  }

  topLevelFields(): readonly string[] {
    const { root } = this.document;
    const properties = isMembers(root) ? root['properties'] : undefined;
    return isMembers(properties) ? Object.keys(properties) : [];
  }
}
