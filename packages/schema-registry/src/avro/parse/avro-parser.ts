import type { JsonNode, JsonObject } from '../../json-text/json-node.ts';
import { avroName, isValidName, isValidNamespace, type AvroName } from '../model/avro-name.ts';
import {
  branchName,
  isNamed,
  primitiveKinds,
  type AvroArray,
  type AvroField,
  type AvroMap,
  type AvroNamed,
  type AvroProperties,
  type AvroRecord,
  type AvroType,
  type AvroUnion,
  type PrimitiveKind,
} from '../model/avro-type.ts';
import { logicalTypeOf } from '../model/logical-type.ts';
import { defaultProblem } from './default-problem.ts';
import { SchemaText } from './schema-text.ts';

/** What is known before a text is read, and how strictly it is read. */
export interface AvroParserOptions {
  /** Names that other schemas bring along, by full name. */
  readonly known: ReadonlyMap<string, AvroNamed>;
  /** Check names and default values as for a new schema; stored ones may be what they once were allowed to be. */
  readonly strict: boolean;
}

/** A schema and the names it defines. */
export interface ParsedAvro {
  readonly type: AvroType;
  /** By full name, without those that were known before. */
  readonly names: ReadonlyMap<string, AvroNamed>;
}

/** Reads the text of an Avro schema. @throws InvalidSchemaError with line, column and JSON pointer */
export function parseAvro(text: string, options: AvroParserOptions): ParsedAvro {
  return new AvroParser(new SchemaText(text), options).parse();
}

/** Where a part of the schema stands. */
interface Place {
  readonly path: string;
  /** The namespace that names without dots are in. */
  readonly namespace: string | undefined;
}

const schemaMembers = new Set([
  'type',
  'name',
  'namespace',
  'doc',
  'fields',
  'items',
  'values',
  'size',
  'symbols',
  'aliases',
]);
const enumMembers = new Set([...schemaMembers, 'default']);
const fieldMembers = new Set(['name', 'type', 'doc', 'default', 'order', 'aliases']);
const orders = ['ascending', 'descending', 'ignore'] as const;
const NO_PROPERTIES: AvroProperties = new Map();
const MAX_FIXED_BYTES = 2 ** 31 - 1;

/** A type or field whose `Key` follows once the name it goes by is defined. */
type Unfinished<T, Key extends keyof T> = Omit<T, Key> & { -readonly [K in Key]?: T[K] };

class AvroParser {
  readonly #text: SchemaText;
  readonly #known: ReadonlyMap<string, AvroNamed>;
  readonly #strict: boolean;
  readonly #names = new Map<string, AvroNamed>();
  /** Names that are used before they are defined, which Avro allows since 1.12. */
  readonly #later: (() => void)[] = [];
  /** What can only be checked when every name is known. */
  readonly #checks: (() => void)[] = [];

  constructor(text: SchemaText, { known, strict }: AvroParserOptions) {
    this.#text = text;
    this.#known = known;
    this.#strict = strict;
  }

  parse(): ParsedAvro {
    const root: { type?: AvroType } = {};
    this.#type(this.#text.root, { path: '', namespace: undefined }, (type) => {
      root.type = type;
    });
    for (const resolve of this.#later) resolve();
    for (const check of this.#checks) check();
    return { type: root.type as AvroType, names: this.#names };
  }

  /** Hands the type to `put`, at once, or when the name it goes by is defined. */
  #type(node: JsonNode, place: Place, put: (type: AvroType) => void): void {
    if (node.kind === 'string') this.#byName(node.value, node, place, NO_PROPERTIES, put);
    else if (node.kind === 'array') put(this.#union(node.items, node, place));
    else if (node.kind === 'object') this.#object(node, place, put);
    else throw this.#error('A schema is a name, an object or an array of schemas', place.path, node);
  }

  #byName(
    text: string,
    node: JsonNode,
    place: Place,
    properties: AvroProperties,
    put: (type: AvroType) => void,
  ): void {
    if (primitiveKinds.has(text)) {
      const kind = text as PrimitiveKind;
      put({ kind, properties, logical: logicalTypeOf(kind, properties) });
      return;
    }
    const found = this.#find(text, place.namespace);
    if (found !== undefined) {
      put(found);
      return;
    }
    this.#later.push(() => {
      const defined = this.#find(text, place.namespace);
      if (defined === undefined) throw this.#error(`No type has the name "${text}"`, place.path, node);
      put(defined);
    });
  }

  #find(text: string, namespace: string | undefined): AvroNamed | undefined {
    const { full } = avroName(text, namespace);
    return this.#names.get(full) ?? this.#known.get(full) ?? this.#names.get(text) ?? this.#known.get(text);
  }

  #object(node: JsonObject, place: Place, put: (type: AvroType) => void): void {
    const typeNode = node.members.get('type');
    if (typeNode === undefined) throw this.#error('The schema has no "type"', place.path, node);
    if (typeNode.kind !== 'string') {
      throw this.#error(
        'The "type" of a schema that is an object has to be a name',
        `${place.path}/type`,
        typeNode,
      );
    }
    switch (typeNode.value) {
      case 'record':
      case 'error':
        put(this.#record(node, place));
        break;
      case 'enum':
        put(this.#enum(node, place));
        break;
      case 'fixed':
        put(this.#fixed(node, place));
        break;
      case 'array':
      case 'map':
        put(this.#container(node, typeNode.value, place));
        break;
      default:
        this.#byName(typeNode.value, typeNode, place, this.#properties(node, schemaMembers), put);
    }
  }

  #container(node: JsonObject, kind: 'array' | 'map', place: Place): AvroType {
    const member = kind === 'array' ? 'items' : 'values';
    const inner = node.members.get(member);
    if (inner === undefined) throw this.#error(`The ${kind} has no "${member}"`, place.path, node);
    const properties = this.#properties(node, schemaMembers);
    const inside: Place = { ...place, path: `${place.path}/${member}` };
    if (kind === 'array') {
      const array: Unfinished<AvroArray, 'items'> = { kind, properties, logical: undefined };
      this.#type(inner, inside, (type) => (array.items = type));
      return array as AvroArray;
    }
    const map: Unfinished<AvroMap, 'values'> = { kind, properties, logical: undefined };
    this.#type(inner, inside, (type) => (map.values = type));
    return map as AvroMap;
  }

  #union(items: readonly JsonNode[], node: JsonNode, place: Place): AvroUnion {
    const branches: AvroType[] = [];
    for (const [index, item] of items.entries()) {
      this.#type(item, { ...place, path: `${place.path}/${index}` }, (type) => {
        branches[index] = type;
      });
    }
    this.#checks.push(() => this.#checkBranches(branches, items, place, node));
    return { kind: 'union', branches, properties: NO_PROPERTIES, logical: undefined };
  }

  #checkBranches(
    branches: readonly AvroType[],
    items: readonly JsonNode[],
    place: Place,
    node: JsonNode,
  ): void {
    const seen = new Set<string>();
    for (const [index, branch] of branches.entries()) {
      const name = branchName(branch);
      const item = items[index] ?? node;
      if (branch.kind === 'union') {
        throw this.#error('A union may not hold a union directly', `${place.path}/${index}`, item);
      }
      if (seen.has(name)) throw this.#error(`The union holds ${name} twice`, `${place.path}/${index}`, item);
      seen.add(name);
    }
  }

  #record(node: JsonObject, place: Place): AvroRecord {
    const fields: AvroField[] = [];
    const record: AvroRecord = {
      kind: 'record',
      isError: text(node.members.get('type')) === 'error',
      ...this.#named(node, place),
      properties: this.#properties(node, schemaMembers),
      logical: undefined,
      fields,
    };
    this.#define(record, node, place);
    const list = node.members.get('fields');
    if (list?.kind !== 'array') {
      throw this.#error(`Record ${record.name.full} needs "fields", an array`, place.path, list ?? node);
    }
    const inside: Place = { path: `${place.path}/fields`, namespace: record.name.namespace };
    const names = new Set<string>();
    for (const [index, item] of list.items.entries()) {
      const field = this.#field(item, { ...inside, path: `${inside.path}/${index}` });
      if (names.has(field.name)) {
        const path = `${inside.path}/${index}`;
        throw this.#error(`Record ${record.name.full} has two fields named "${field.name}"`, path, item);
      }
      names.add(field.name);
      fields.push(field);
    }
    return record;
  }

  #field(node: JsonNode, place: Place): AvroField {
    if (node.kind !== 'object') throw this.#error('A field has to be an object', place.path, node);
    const name = this.#requiredText(node, 'name', place);
    this.#checkName(name, `${place.path}/name`, node);
    const typeNode = node.members.get('type');
    if (typeNode === undefined) throw this.#error(`Field "${name}" has no "type"`, place.path, node);
    const field: Unfinished<AvroField, 'type'> = {
      name,
      doc: text(node.members.get('doc')),
      defaultValue: node.members.get('default'),
      order: this.#order(node, place),
      aliases: this.#aliasTexts(node, place),
      properties: this.#properties(node, fieldMembers),
    };
    this.#type(typeNode, { ...place, path: `${place.path}/type` }, (type) => {
      field.type = type;
    });
    if (this.#strict) this.#checks.push(() => this.#checkDefault(field as AvroField, place));
    return field as AvroField;
  }

  #order(node: JsonObject, place: Place): AvroField['order'] {
    const member = node.members.get('order');
    if (member === undefined) return 'ascending';
    const order = orders.find((known) => known === text(member)?.toLowerCase());
    if (order !== undefined) return order;
    throw this.#error(`"order" has to be one of ${orders.join(', ')}`, `${place.path}/order`, member);
  }

  #checkDefault({ name, type, defaultValue }: AvroField, place: Place): void {
    if (defaultValue === undefined) return;
    const problem = defaultProblem(type, defaultValue);
    if (problem === undefined) return;
    throw this.#error(
      `The default of field "${name}" is invalid: ${problem}`,
      `${place.path}/default`,
      defaultValue,
    );
  }

  #enum(node: JsonObject, place: Place): AvroType {
    const named = this.#named(node, place);
    const list = node.members.get('symbols');
    if (list?.kind !== 'array') {
      throw this.#error(`Enum ${named.name.full} needs "symbols", an array`, place.path, list ?? node);
    }
    const symbols = list.items.map((item, index) => this.#symbol(item, `${place.path}/symbols/${index}`));
    const seen = new Set<string>();
    for (const [index, symbol] of symbols.entries()) {
      const path = `${place.path}/symbols/${index}`;
      if (seen.has(symbol))
        throw this.#error(`Enum ${named.name.full} has the symbol "${symbol}" twice`, path, list);
      seen.add(symbol);
    }
    const fallback = node.members.get('default');
    const defaultSymbol = text(fallback);
    if (fallback !== undefined && (defaultSymbol === undefined || !seen.has(defaultSymbol))) {
      throw this.#error(
        `The default of enum ${named.name.full} is none of its symbols`,
        `${place.path}/default`,
        fallback,
      );
    }
    const properties = this.#properties(node, enumMembers);
    return this.#define(
      { kind: 'enum', ...named, symbols, defaultSymbol, properties, logical: undefined },
      node,
      place,
    );
  }

  #symbol(node: JsonNode, path: string): string {
    if (node.kind !== 'string') throw this.#error('A symbol has to be a string', path, node);
    this.#checkName(node.value, path, node);
    return node.value;
  }

  #fixed(node: JsonObject, place: Place): AvroType {
    const named = this.#named(node, place);
    const size = node.members.get('size');
    const sizeBytes = size?.kind === 'number' && /^\d+$/.test(size.lexeme) ? Number(size.lexeme) : -1;
    if (sizeBytes < 0 || sizeBytes > MAX_FIXED_BYTES) {
      const path = size === undefined ? place.path : `${place.path}/size`;
      throw this.#error(`Fixed ${named.name.full} needs "size", a number of bytes`, path, size ?? node);
    }
    const properties = this.#properties(node, schemaMembers);
    const logical = logicalTypeOf('fixed', properties, sizeBytes);
    return this.#define({ kind: 'fixed', ...named, sizeBytes, properties, logical }, node, place);
  }

  #named(node: JsonObject, place: Place) {
    const given = this.#requiredText(node, 'name', place);
    const namespace = text(node.members.get('namespace'));
    const name = avroName(given, namespace ?? place.namespace);
    this.#checkName(name.simple, `${place.path}/name`, node);
    if (name.namespace !== undefined) this.#checkNamespace(name.namespace, place.path, node);
    const aliases = new Map<string, AvroName>();
    for (const alias of this.#aliasTexts(node, place)) {
      const aliasName = avroName(alias, name.namespace);
      aliases.set(aliasName.full, aliasName);
    }
    return { name, doc: text(node.members.get('doc')), aliases: [...aliases.values()] };
  }

  #define<T extends AvroNamed>(named: T, node: JsonObject, place: Place): T {
    const { full, simple, namespace } = named.name;
    if (namespace === undefined && primitiveKinds.has(simple)) {
      throw this.#error(`"${simple}" is the name of a type of Avro itself`, `${place.path}/name`, node);
    }
    if (this.#names.has(full) || this.#known.has(full)) {
      throw this.#error(`The name ${full} is defined twice`, place.path, node);
    }
    this.#names.set(full, named);
    return named;
  }

  #aliasTexts(node: JsonObject, place: Place): readonly string[] {
    const member = node.members.get('aliases');
    if (member === undefined) return [];
    const path = `${place.path}/aliases`;
    if (member.kind !== 'array') throw this.#error('"aliases" has to be an array of names', path, member);
    const aliases = member.items.map((item, index) => {
      if (item.kind !== 'string') throw this.#error('An alias has to be a string', `${path}/${index}`, item);
      this.#checkName(avroName(item.value, undefined).simple, `${path}/${index}`, item);
      return item.value;
    });
    return [...new Set(aliases)];
  }

  #requiredText(node: JsonObject, member: string, place: Place): string {
    const value = text(node.members.get(member));
    if (value !== undefined && value !== '') return value;
    throw this.#error(
      `"${member}" is missing, or is no string`,
      place.path,
      node.members.get(member) ?? node,
    );
  }

  #checkName(name: string, path: string, node: JsonNode): void {
    if (name === '') throw this.#error('A name may not be empty', path, node);
    if (!this.#strict || isValidName(name)) return;
    throw this.#error(`"${name}" is no name: letters, digits and _ only, no digit first`, path, node);
  }

  #checkNamespace(namespace: string, path: string, node: JsonNode): void {
    if (!this.#strict || isValidNamespace(namespace)) return;
    throw this.#error(`"${namespace}" is no namespace: names with dots between them`, path, node);
  }

  #properties(node: JsonObject, reserved: ReadonlySet<string>): AvroProperties {
    const own = [...node.members].filter(([name]) => !reserved.has(name));
    return own.length === 0 ? NO_PROPERTIES : new Map(own);
  }

  #error(problem: string, path: string, node: JsonNode): Error {
    return this.#text.error(problem, path, node);
  }
}

function text(node: JsonNode | undefined): string | undefined {
  return node?.kind === 'string' ? node.value : undefined;
}

/** All names that a schema defines or uses, by full name. */
export function namesIn(type: AvroType, names = new Map<string, AvroNamed>()): Map<string, AvroNamed> {
  if (isNamed(type)) {
    if (names.has(type.name.full)) return names;
    names.set(type.name.full, type);
  }
  if (type.kind === 'record') for (const field of type.fields) namesIn(field.type, names);
  if (type.kind === 'array') namesIn(type.items, names);
  if (type.kind === 'map') namesIn(type.values, names);
  if (type.kind === 'union') for (const branch of type.branches) namesIn(branch, names);
  return names;
}
