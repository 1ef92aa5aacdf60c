import {
  array,
  constant,
  constantFrom,
  integer,
  letrec,
  oneof,
  record,
  tuple,
  type Arbitrary,
} from 'fast-check';

/** A schema as plain JSON. */
export type SchemaJson = string | SchemaJson[] | SchemaObject;
/** A schema that is an object, to be changed in place. */
export interface SchemaObject {
  [member: string]: unknown;
}

/** What a random schema is made from; names are given afterwards, so that no two are equal. */
type Shape =
  | string
  | { readonly kind: 'array' | 'map'; readonly inner: Shape }
  | { readonly kind: 'record'; readonly fields: readonly Shape[]; readonly isCircle: boolean }
  | { readonly kind: 'enum'; readonly symbols: number; readonly hasDefault: boolean }
  | { readonly kind: 'fixed'; readonly size: number }
  | { readonly kind: 'union'; readonly branches: readonly Shape[] };

const primitive = constantFrom('null', 'boolean', 'int', 'long', 'float', 'double', 'bytes', 'string');

const shapes = letrec<{ type: Shape; plain: Shape }>((tie) => ({
  plain: oneof(
    { depthSize: 'small', withCrossShrink: true },
    primitive,
    record({
      kind: constant('enum' as const),
      symbols: integer({ min: 1, max: 3 }),
      hasDefault: constantFrom(true, false),
    }),
    record({ kind: constant('fixed' as const), size: integer({ min: 0, max: 3 }) }),
    record({ kind: constantFrom('array' as const, 'map' as const), inner: tie('type') }),
    record({
      kind: constant('record' as const),
      fields: array(tie('type'), { maxLength: 3 }),
      isCircle: constantFrom(false, false, true),
    }),
  ),
  type: oneof(
    { depthSize: 'small', withCrossShrink: true },
    tie('plain'),
    record({
      kind: constant('union' as const),
      branches: array(tie('plain'), { minLength: 1, maxLength: 3 }),
    }),
  ),
}));

/** A random schema: all kinds, up to a few levels, records that may hold themselves. */
export const randomSchema: Arbitrary<SchemaJson> = shapes.type.map((shape) => named(shape, { count: 0 }));

/** A writer's schema, and a reader's that is it after some changes. */
export const randomSchemaPair: Arbitrary<{ writer: SchemaJson; reader: SchemaJson }> = tuple(
  randomSchema,
  array(tuple(integer({ min: 0, max: 30 }), integer({ min: 0, max: 1000 })), { maxLength: 3 }),
).map(([writer, changes]) => ({ writer, reader: changes.reduce(changed, structuredClone(writer)) }));

function named(shape: Shape, names: { count: number }): SchemaJson {
  if (typeof shape === 'string') return shape;
  switch (shape.kind) {
    case 'array':
      return { type: 'array', items: named(shape.inner, names) };
    case 'map':
      return { type: 'map', values: named(shape.inner, names) };
    case 'enum': {
      const symbols = Array.from({ length: shape.symbols }, (_, index) => `S${index}`);
      return { type: 'enum', name: nextName(names), symbols, ...(shape.hasDefault ? { default: 'S0' } : {}) };
    }
    case 'fixed':
      return { type: 'fixed', name: nextName(names), size: shape.size };
    case 'union':
      return distinctBranches(shape.branches.map((branch) => named(branch, names)));
    case 'record': {
      const name = nextName(names);
      const fields = shape.fields.map((field, index) => ({ name: `f${index}`, type: named(field, names) }));
      const circle = shape.isCircle ? [{ name: 'again', type: ['null', name] }] : [];
      return { type: 'record', name, fields: [...fields, ...circle] };
    }
  }
}

function nextName(names: { count: number }): string {
  names.count += 1;
  return `N${names.count}`;
}

function distinctBranches(branches: SchemaJson[]): SchemaJson[] {
  const byName = new Map(branches.map((branch) => [branchKey(branch), branch]));
  return [...byName.values()];
}

function branchKey(branch: SchemaJson): string {
  if (typeof branch === 'string') return branch;
  const { name, type } = branch as SchemaObject;
  return String(name ?? type);
}

type Change = (node: SchemaObject, pick: number) => void;

const otherTypes: readonly SchemaJson[] = [
  'null',
  'int',
  'long',
  'double',
  'string',
  'bytes',
  ['null', 'int'],
];

/** Changes of a member that holds a schema: of a field, of items, of values. */
const typeChanges: readonly ((type: SchemaJson, pick: number) => SchemaJson)[] = [
  (_type, pick) => otherTypes[pick % otherTypes.length] as SchemaJson,
  (type) => (Array.isArray(type) || type === 'null' ? type : ['null', type]),
  (type, pick) =>
    Array.isArray(type) && type.length > 1 ? type.filter((_, index) => index !== pick % type.length) : type,
  (type) => (Array.isArray(type) ? type.toReversed() : type),
  (type) => (Array.isArray(type) ? distinctBranches([...type, 'double']) : type),
  (type) => (Array.isArray(type) ? (type[0] ?? type) : type),
];

const recordChanges: readonly Change[] = [
  (node, pick) => fieldsOf(node).splice(pick % 3, 1),
  (node) => fieldsOf(node).push({ name: `g${fieldsOf(node).length}`, type: 'int', default: 1 }),
  (node) => fieldsOf(node).push({ name: `g${fieldsOf(node).length}`, type: 'int' }),
  (node) => Object.assign(node, { fields: fieldsOf(node).toReversed() }),
  (node, pick) => renameField(node, pick, true),
  (node, pick) => renameField(node, pick, false),
];

const enumChanges: readonly Change[] = [
  (node) => (node['symbols'] as string[]).push(`T${(node['symbols'] as string[]).length}`),
  (node) => {
    const symbols = node['symbols'] as string[];
    if (symbols.length > 1 && node['default'] !== symbols.at(-1)) symbols.pop();
  },
  (node) => delete node['default'],
];

const nameChanges: readonly Change[] = [
  (node) => void (node['namespace'] = 'moved'),
  (node) => Object.assign(node, { aliases: [node['name']], name: `${String(node['name'])}x` }),
];

function fieldsOf(node: SchemaObject): SchemaObject[] {
  return node['fields'] as SchemaObject[];
}

function renameField(node: SchemaObject, pick: number, hasAlias: boolean): void {
  const fields = fieldsOf(node);
  const field = fields[pick % Math.max(fields.length, 1)];
  if (field === undefined) return;
  const old = field['name'];
  field['name'] = `h${fields.length}${pick}`;
  if (hasAlias) field['aliases'] = [old];
}

/** The schema after one change, at a place and of a kind that the two numbers choose. */
function changed(schema: SchemaJson, [place, pick]: [number, number]): SchemaJson {
  const root = { type: schema };
  // The field that closes a circle stays as it is: without null in it, nothing could be written.
  const nodes = objectsIn(root).filter((node) => node['name'] !== 'again');
  const node = nodes[place % nodes.length] as SchemaObject;
  const kind = node['type'];
  const changes: Change[] = [];
  if (kind === 'record') changes.push(...recordChanges);
  // A record that holds itself goes by its name there.
  const holdsItself =
    kind === 'record' && JSON.stringify(node['fields']).includes(`"${String(node['name'])}"`);
  if (kind === 'record' && !holdsItself) changes.push(...nameChanges);
  if (kind === 'enum') changes.push(...enumChanges, ...nameChanges);
  if (kind === 'fixed') changes.push((fixed, by) => void (fixed['size'] = by % 4), ...nameChanges);
  for (const member of ['type', 'items', 'values']) {
    if (node[member] === undefined || (member === 'type' && typeof kind === 'string' && isKind(kind)))
      continue;
    changes.push(
      ...typeChanges.map((change): Change => (target, by) => {
        target[member] = change(target[member] as SchemaJson, by);
        // The default was one of the old type.
        if (kind !== 'enum') delete target['default'];
      }),
    );
  }
  changes[pick % Math.max(changes.length, 1)]?.(node, Math.floor(pick / 16));
  return root.type;
}

function isKind(type: string): boolean {
  return ['record', 'enum', 'fixed', 'array', 'map'].includes(type);
}

function objectsIn(json: unknown): SchemaObject[] {
  if (Array.isArray(json)) return json.flatMap(objectsIn);
  if (typeof json !== 'object' || json === null) return [];
  const node = json as SchemaObject;
  return [node, ...Object.values(node).flatMap(objectsIn)];
}
