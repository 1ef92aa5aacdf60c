import { isNamed, type AvroRecord, type AvroType, type AvroUnion } from '../model/avro-type.ts';
import { branchChoice, WRAPPED } from './branch-choice.ts';
import type { ByteWriter } from './byte-writer.ts';
import type { AvroCodecSettings } from './codec-options.ts';
import { logicalForms } from './logical-forms.ts';
import { SourceBuilder } from '../../codec/source-builder.ts';

/** Writes a value; throws {@link UnfitValue} for one that does not fit. */
export type WriteValue = (writer: ByteWriter, value: unknown) => void;

/**
 * A function that writes values of one schema, made as JavaScript source: one function per record, its fields in a row.
 * A walk over the schema per value costs several times as much (see the benchmark of the package).
 */
export function compileEncoder(type: AvroType, settings: AvroCodecSettings): WriteValue {
  return new EncoderSource(settings).compile(type);
}

class EncoderSource {
  readonly #settings: AvroCodecSettings;
  readonly #source = new SourceBuilder();
  readonly #records = new Map<AvroRecord, string>();

  constructor(settings: AvroCodecSettings) {
    this.#settings = settings;
  }

  compile(type: AvroType): WriteValue {
    const root = this.#source.name('write');
    this.#source.define(`function ${root}(w, v) { ${this.#write(type, 'v')} }`);
    return this.#source.compile(root) as WriteValue;
  }

  /** Statements that write the value of an expression without side effects. */
  #write(type: AvroType, value: string): string {
    const form = this.#settings.logicalTypes ? logicalForms(type) : undefined;
    const raw = form === undefined ? value : `${this.#source.constant(form.toRaw)}(${value})`;
    if (isNamed(type)) {
      if (type.kind === 'record') return `${this.#record(type)}(w, ${value});`;
      if (type.kind === 'fixed') return `w.fixed(${raw}, ${type.sizeBytes});`;
      const indexes = new Map(type.symbols.map((symbol, index) => [symbol, index]));
      return `w.symbol(${value}, ${this.#source.constant(indexes)});`;
    }
    switch (type.kind) {
      case 'null':
        return `w.nothing(${value});`;
      case 'array':
        return this.#array(type.items, value);
      case 'map':
        return this.#map(type.values, value);
      case 'union':
        return this.#union(type, value);
      case 'boolean':
      case 'int':
      case 'long':
      case 'float':
      case 'double':
      case 'string':
      case 'bytes':
        return `w.${type.kind}(${raw});`;
    }
  }

  #record(type: AvroRecord): string {
    const known = this.#records.get(type);
    if (known !== undefined) return known;
    const name = this.#source.name('record');
    this.#records.set(type, name);
    const fields = type.fields.map((field) => this.#write(field.type, `v[${JSON.stringify(field.name)}]`));
    this.#source.define(
      `function ${name}(w, v) { if (typeof v !== 'object' || v === null || Array.isArray(v)) w.bad();\n${fields.join('\n')} }`,
    );
    return name;
  }

  #array(items: AvroType, value: string): string {
    const [list, index, item] = this.#source.names('list', 'i', 'item');
    return `{ const ${list} = ${value}; if (!Array.isArray(${list})) w.bad();
if (${list}.length > 0) { w.count(${list}.length);
for (let ${index} = 0; ${index} < ${list}.length; ${index}++) { const ${item} = ${list}[${index}]; ${this.#write(items, item)} } }
w.byte(0); }`;
  }

  #map(values: AvroType, value: string): string {
    const [members, keys, index, key, item] = this.#source.names('members', 'keys', 'i', 'key', 'item');
    const asMembers = this.#source.constant(membersOf);
    return `{ const ${members} = ${asMembers}(w, ${value}); const ${keys} = Object.keys(${members});
if (${keys}.length > 0) { w.count(${keys}.length);
for (let ${index} = 0; ${index} < ${keys}.length; ${index}++) { const ${key} = ${keys}[${index}]; w.string(${key});
const ${item} = ${members}[${key}]; ${this.#write(values, item)} } }
w.byte(0); }`;
  }

  #union(type: AvroUnion, value: string): string {
    const [whole] = this.#source.names('whole');
    const optional = this.#settings.unions === 'natural' ? optionalBranch(type) : undefined;
    if (optional !== undefined) {
      const { nullIndex, branch } = optional;
      return `{ const ${whole} = ${value}; if (${whole} === null || ${whole} === undefined) w.byte(${nullIndex * 2});
else { w.byte(${(1 - nullIndex) * 2}); ${this.#write(branch, whole)} } }`;
    }
    const [chosen, inner] = this.#source.names('chosen', 'inner');
    const choice = this.#source.constant(branchChoice(type, this.#settings));
    const unwrap = this.#source.constant(unwrapped);
    const cases = type.branches.map(
      (branch, index) => `case ${index}: w.count(${index}); ${this.#write(branch, inner)} break;`,
    );
    return `{ const ${whole} = ${value}; const ${chosen} = ${choice}(${whole});
const ${inner} = ${chosen} >= ${WRAPPED} ? ${unwrap}(${whole}) : ${whole};
switch (${chosen} % ${WRAPPED}) { ${cases.join('\n')} default: w.bad(); } }`;
  }
}

/** The other branch of a union of null and one thing more, by far the most frequent. */
function optionalBranch(type: AvroUnion): { nullIndex: number; branch: AvroType } | undefined {
  if (type.branches.length !== 2) return undefined;
  const nullIndex = type.branches.findIndex(({ kind }) => kind === 'null');
  const branch = type.branches[1 - nullIndex];
  // An object may be a wrapped value.
  if (nullIndex === -1 || branch === undefined || branch.kind === 'record' || branch.kind === 'map')
    return undefined;
  return { nullIndex, branch };
}

function membersOf(writer: ByteWriter, value: unknown): object {
  if (value instanceof Map) return Object.fromEntries(value);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return writer.bad();
  return value;
}

function unwrapped(value: Record<string, unknown>): unknown {
  return value[Object.keys(value)[0] as string];
}
