import type { JsonValue } from '../../json-text/json-node.ts';

/**
 * A schema as the compatibility rules see it: one node per kind of constraint. Several kinds at one level are an `allOf` of
 * nodes, a list of types is an `anyOf`, `$ref` is a node that leads to its target.
 */
export type SchemaNode =
  | EmptyNode
  | FalseNode
  | StringNode
  | NumberNode
  | PlainTypeNode
  | EnumNode
  | ConstNode
  | ObjectNode
  | ArrayNode
  | NotNode
  | ConditionalNode
  | CombinedNode
  | ReferenceNode;

interface NodeBase {
  readonly annotations: Annotations;
}

/** What a schema says about itself; changes of it are always compatible. */
export interface Annotations {
  readonly id?: JsonValue;
  readonly title?: JsonValue;
  readonly description?: JsonValue;
  /** Undefined when there is none. */
  readonly default?: JsonValue;
  /** `connect.type`, by which Kafka Connect marks bytes. */
  readonly connectType?: JsonValue;
}

/** `true` and `{}`: every value. */
export interface EmptyNode extends NodeBase {
  readonly kind: 'empty';
}

/** `false`: no value. */
export interface FalseNode extends NodeBase {
  readonly kind: 'false';
}

export interface StringNode extends NodeBase {
  readonly kind: 'string';
  readonly maxLength?: number;
  readonly minLength?: number;
  readonly pattern?: string;
}

export interface NumberNode extends NodeBase {
  readonly kind: 'number';
  readonly isInteger: boolean;
  readonly maximum?: number;
  readonly minimum?: number;
  readonly exclusiveMaximum?: number;
  readonly exclusiveMinimum?: number;
  readonly multipleOf?: number;
}

/** A type without keywords of its own. */
export interface PlainTypeNode extends NodeBase {
  readonly kind: 'boolean' | 'null';
}

export interface EnumNode extends NodeBase {
  readonly kind: 'enum';
  /** Each as JSON text with sorted members. */
  readonly values: ReadonlySet<string>;
}

export interface ConstNode extends NodeBase {
  readonly kind: 'const';
  /** As JSON text with sorted members. */
  readonly value: string;
}

/** What may follow the declared properties or items: everything, nothing, or what fits a schema. */
export type Rest = 'anything' | 'nothing' | SchemaNode;

export interface ObjectNode extends NodeBase {
  readonly kind: 'object';
  readonly properties: ReadonlyMap<string, SchemaNode>;
  readonly required: ReadonlySet<string>;
  readonly patternProperties: ReadonlyMap<string, SchemaNode>;
  /** Undefined when the keyword is absent, which means everything unless `unevaluatedProperties` says otherwise. */
  readonly additionalProperties?: Rest;
  readonly unevaluatedProperties?: Rest;
  readonly dependentRequired: ReadonlyMap<string, ReadonlySet<string>>;
  readonly dependentSchemas: ReadonlyMap<string, SchemaNode>;
  readonly maxProperties?: number;
  readonly minProperties?: number;
}

export interface ArrayNode extends NodeBase {
  readonly kind: 'array';
  /** The schema of every item, where items are not told apart by position. */
  readonly items?: SchemaNode;
  /** Schemas by position. */
  readonly prefixItems: readonly SchemaNode[];
  readonly additionalItems?: Rest;
  readonly unevaluatedItems?: Rest;
  readonly maxItems?: number;
  readonly minItems?: number;
  readonly maxContains?: number;
  readonly minContains?: number;
  readonly uniqueItems: boolean;
}

export interface NotNode extends NodeBase {
  readonly kind: 'not';
  readonly schema: SchemaNode;
}

/** `if`, `then`, `else`: the rules do not compare them. */
export interface ConditionalNode extends NodeBase {
  readonly kind: 'conditional';
  readonly schemas: readonly SchemaNode[];
}

export type Criterion = 'allOf' | 'anyOf' | 'oneOf';

export interface CombinedNode extends NodeBase {
  readonly kind: 'combined';
  readonly criterion: Criterion;
  /** Without duplicates. */
  readonly members: readonly SchemaNode[];
}

export interface ReferenceNode extends NodeBase {
  readonly kind: 'reference';
  /** May be a reference too; a chain of them has an end. */
  readonly target: SchemaNode;
}

/** What a reference leads to, or the node itself. */
export function dereferenced(node: SchemaNode): Exclude<SchemaNode, ReferenceNode> {
  let current = node;
  while (current.kind === 'reference') current = current.target;
  return current;
}
