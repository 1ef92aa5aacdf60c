import type { JsonNode } from '../../json-text/json-node.ts';
import type { AvroName } from '../model/avro-name.ts';
import {
  isNamed,
  primitiveKinds,
  type AvroField,
  type AvroNamed,
  type AvroProperties,
  type AvroRecord,
  type AvroType,
} from '../model/avro-type.ts';
import { byCodeUnits, jsonText, quoted } from './json-text.ts';

/** How a schema is printed. */
export interface PrintOptions {
  /** Names that are printed as names although this text does not define them: those of references. */
  readonly known: ReadonlySet<string>;
  /** Properties and aliases in one order, numbers of defaults as their type has them, empty docs left out. */
  readonly normalize: boolean;
}

/**
 * A schema as the Java library prints it (`Schema.toString()`), which is what a registry stores: no blanks, members in
 * one order, a name instead of what was defined before, a namespace only where it changes.
 */
export function printSchema(type: AvroType, options: PrintOptions): string {
  return new SchemaPrinter(options).print(type, undefined);
}

class SchemaPrinter {
  readonly #normalize: boolean;
  readonly #written: Set<string>;

  constructor({ known, normalize }: PrintOptions) {
    this.#normalize = normalize;
    this.#written = new Set(known);
  }

  print(type: AvroType, namespace: string | undefined): string {
    if (isNamed(type)) return this.#named(type, namespace);
    if (type.kind === 'union')
      return `[${type.branches.map((branch) => this.print(branch, namespace)).join(',')}]`;
    if (type.kind === 'array') {
      return `{"type":"array","items":${this.print(type.items, namespace)}${this.#properties(type)}}`;
    }
    if (type.kind === 'map') {
      return `{"type":"map","values":${this.print(type.values, namespace)}${this.#properties(type)}}`;
    }
    const isPlain = type.properties.size === 0;
    return isPlain ? quoted(type.kind) : `{"type":"${type.kind}"${this.#properties(type)}}`;
  }

  #named(type: AvroNamed, namespace: string | undefined): string {
    if (this.#written.has(type.name.full)) return quoted(referenceText(type.name, namespace));
    this.#written.add(type.name.full);
    const word = type.kind === 'record' && type.isError ? 'error' : type.kind;
    return [
      `{"type":"${word}"`,
      nameMembers(type.name, namespace),
      this.#doc(type.doc),
      this.#body(type),
      this.#properties(type),
      this.#aliases(type),
      '}',
    ].join('');
  }

  #body(type: AvroNamed): string {
    switch (type.kind) {
      case 'record':
        return `,"fields":[${type.fields.map((field) => this.#field(field, type)).join(',')}]`;
      case 'enum': {
        const fallback = type.defaultSymbol === undefined ? '' : `,"default":${quoted(type.defaultSymbol)}`;
        return `,"symbols":[${type.symbols.map(quoted).join(',')}]${fallback}`;
      }
      case 'fixed':
        return `,"size":${type.sizeBytes}`;
    }
  }

  #field(field: AvroField, record: AvroRecord): string {
    const aliases = this.#normalize ? field.aliases.toSorted(byCodeUnits) : field.aliases;
    return [
      `{"name":${quoted(field.name)},"type":${this.print(field.type, record.name.namespace)}`,
      field.doc === undefined ? '' : `,"doc":${quoted(field.doc)}`,
      field.defaultValue === undefined ? '' : `,"default":${this.#default(field.type, field.defaultValue)}`,
      field.order === 'ascending' ? '' : `,"order":"${field.order}"`,
      aliases.length === 0 ? '' : `,"aliases":[${aliases.map(quoted).join(',')}]`,
      this.#members(this.#normalize ? sortedProperties(field.properties) : [...field.properties]),
      '}',
    ].join('');
  }

  #default(type: AvroType, value: JsonNode): string {
    return this.#normalize ? jsonText(typedDefault(type, value), 'name') : jsonText(value, 'text');
  }

  #doc(doc: string | undefined): string {
    if (doc === undefined || (this.#normalize && doc === '')) return '';
    return `,"doc":${quoted(doc)}`;
  }

  #aliases({ aliases, name }: AvroNamed): string {
    if (aliases.length === 0) return '';
    const sorted = this.#normalize ? aliases.toSorted((a, b) => byCodeUnits(a.full, b.full)) : aliases;
    return `,"aliases":[${sorted.map((alias) => quoted(referenceText(alias, name.namespace))).join(',')}]`;
  }

  #properties(type: AvroType): string {
    return this.#members(this.#normalize ? normalizedProperties(type) : [...type.properties]);
  }

  #members(members: readonly (readonly [string, JsonNode])[]): string {
    const order = this.#normalize ? 'name' : 'text';
    return members.map(([name, value]) => `,${quoted(name)}:${jsonText(value, order)}`).join('');
  }
}

function nameMembers({ simple, namespace }: AvroName, current: string | undefined): string {
  if (namespace === current) return `,"name":${quoted(simple)}`;
  return `,"name":${quoted(simple)},"namespace":${quoted(namespace ?? '')}`;
}

/** A name without its namespace where that is the one it stands in, unless it would be taken for a type of Avro itself. */
function referenceText({ simple, namespace, full }: AvroName, current: string | undefined): string {
  return namespace === current && !primitiveKinds.has(simple) ? simple : full;
}

function sortedProperties(properties: AvroProperties): readonly (readonly [string, JsonNode])[] {
  return [...properties].toSorted(([a], [b]) => byCodeUnits(a, b));
}

/** A logical type that counts goes first, with its attributes; a scale of 0 is the same as none, and stays where it was. */
function normalizedProperties(type: AvroType): readonly (readonly [string, JsonNode])[] {
  const sorted = sortedProperties(type.properties);
  if (type.logical === undefined) return sorted;
  const first = ['logicalType'];
  if (type.logical.name === 'decimal') {
    first.push('precision');
    if (type.logical.scale !== 0) first.push('scale');
  }
  const leading = first.flatMap((name) => sorted.filter(([property]) => property === name));
  return [...leading, ...sorted.filter(([property]) => !first.includes(property))];
}

/** Numbers of a default as their type has them: `1` is `1.0` for a double. */
function typedDefault(type: AvroType, value: JsonNode): JsonNode {
  if (value.kind === 'number' && (type.kind === 'float' || type.kind === 'double')) {
    const exact = Number(value.lexeme);
    const lexeme = String(type.kind === 'float' ? shortestFloat(exact) : exact);
    return { ...value, lexeme: /[.eE]/.test(lexeme) ? lexeme : `${lexeme}.0` };
  }
  if (value.kind === 'array' && type.kind === 'array') {
    return { ...value, items: value.items.map((item) => typedDefault(type.items, item)) };
  }
  if (value.kind === 'object' && type.kind === 'map') {
    const members = [...value.members].map(
      ([name, item]) => [name, typedDefault(type.values, item)] as const,
    );
    return { ...value, members: new Map(members) };
  }
  if (value.kind === 'object' && type.kind === 'record') {
    const members = [...value.members].map(([name, item]) => {
      const field = type.fields.find((candidate) => candidate.name === name);
      return [name, field === undefined ? item : typedDefault(field.type, item)] as const;
    });
    return { ...value, members: new Map(members) };
  }
  return value;
}

/** The shortest digits that mean the same float, as `Float.toString` of Java prints them. */
function shortestFloat(exact: number): number {
  const float = Math.fround(exact);
  for (let digits = 1; digits <= 9; digits += 1) {
    const candidate = Number(float.toPrecision(digits));
    if (Math.fround(candidate) === float) return candidate;
  }
  return float;
}
