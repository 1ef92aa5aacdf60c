import { dereferenced, type CombinedNode, type ObjectNode, type SchemaNode } from '../model/schema-model.ts';

/** What values of a schema look like, as far as it helps to read and write them. */
export type PayloadShape =
  | { readonly kind: 'string' | 'number' | 'boolean' | 'scalar' | 'any' }
  /** One of few texts, all of them plain ASCII. */
  | { readonly kind: 'choice'; readonly texts: readonly string[] }
  | { readonly kind: 'array'; readonly items: PayloadShape }
  | {
      readonly kind: 'object';
      readonly members: ReadonlyMap<string, PayloadShape>;
      readonly isClosed: boolean;
    };

/** Objects inside each other that get code of their own; what is deeper is read and written by JSON. */
const MAX_DEPTH = 8;
/** Members of all objects together that get code: a schema of thousands would make functions that nothing optimizes. */
const MAX_MEMBERS = 200;
const MAX_CHOICES = 16;

const ANY: PayloadShape = { kind: 'any' };

/** The shape of a schema. A part that is recursive, combined or unknown is `any`. */
export function payloadShape(schema: SchemaNode): PayloadShape {
  const budget = { members: MAX_MEMBERS };
  const shape = shapeOf(schema, MAX_DEPTH, budget);
  return budget.members < 0 ? ANY : shape;
}

function shapeOf(schema: SchemaNode, depth: number, budget: { members: number }): PayloadShape {
  if (depth === 0) return ANY;
  const node = dereferenced(schema);
  switch (node.kind) {
    case 'string':
    case 'number':
    case 'boolean':
      return { kind: node.kind };
    case 'null':
      return { kind: 'scalar' };
    case 'enum':
      return choiceOf([...node.values]);
    case 'const':
      return choiceOf([node.value]);
    case 'array':
      return node.items === undefined || node.prefixItems.length > 0
        ? ANY
        : { kind: 'array', items: shapeOf(node.items, depth - 1, budget) };
    case 'object':
      return objectShape(node, depth, budget);
    case 'combined':
      return combinedShape(node, depth, budget);
    case 'empty':
    case 'false':
    case 'not':
    case 'conditional':
      return ANY;
  }
}

function objectShape(node: ObjectNode, depth: number, budget: { members: number }): PayloadShape {
  if (node.properties.size === 0) return ANY;
  budget.members -= node.properties.size;
  if (budget.members < 0) return ANY;
  const members = new Map<string, PayloadShape>();
  for (const [name, property] of node.properties) members.set(name, shapeOf(property, depth - 1, budget));
  const isClosed = node.additionalProperties === 'nothing' && node.patternProperties.size === 0;
  return { kind: 'object', members, isClosed };
}

/** A list of scalar types, and a choice beside its type. */
function combinedShape(node: CombinedNode, depth: number, budget: { members: number }): PayloadShape {
  const shapes = node.members.map((member) => shapeOf(member, depth - 1, budget));
  if (node.criterion === 'allOf') return shapes.find(({ kind }) => kind === 'choice') ?? ANY;
  return shapes.every(isScalar) ? { kind: 'scalar' } : ANY;
}

function isScalar({ kind }: PayloadShape): boolean {
  return kind !== 'any' && kind !== 'array' && kind !== 'object';
}

/** @param values as JSON texts */
function choiceOf(values: readonly string[]): PayloadShape {
  const parsed = values.map((value): unknown => JSON.parse(value));
  const texts = parsed.filter((value): value is string => typeof value === 'string');
  const isPlain = texts.length === parsed.length && texts.every((text) => /^[ !#-[\]-~]*$/.test(text));
  if (isPlain && texts.length > 0 && texts.length <= MAX_CHOICES) return { kind: 'choice', texts };
  return parsed.some((value) => typeof value === 'object' && value !== null) ? ANY : { kind: 'scalar' };
}
