import { IncompatibleReaderError } from '../../errors.ts';
import { setMember } from '../../json-text/json-node.ts';
import { matchingField, namesMatch } from '../compatibility/name-match.ts';
import { canRead } from '../compatibility/reader-writer-check.ts';
import {
  branchName,
  type AvroEnum,
  type AvroField,
  type AvroRecord,
  type AvroType,
  type AvroUnion,
} from '../model/avro-type.ts';
import type { ByteReader } from './byte-reader.ts';
import type { AvroCodecSettings } from './codec-options.ts';
import { fieldDefault } from './default-value.ts';
import { logicalForms } from './logical-forms.ts';
import { minBytes } from './min-bytes.ts';
import { resolveBranch } from './resolve-branch.ts';
import { skipSource } from './skip-source.ts';
import { SourceBuilder } from '../../codec/source-builder.ts';

/** Reads a value; throws {@link DamagedPayload} for bytes that are none. */
export type ReadValue = (reader: ByteReader) => unknown;

/**
 * A function that reads what was written with `writer` as values of `reader`, made as JavaScript source as
 * {@link compileEncoder} does. What of a value depends on the data, a branch or a symbol that the reader does not have,
 * is an error when it is met.
 * @throws IncompatibleReaderError when `reader` cannot read what `writer` writes, whatever the data
 */
export function compileDecoder(writer: AvroType, reader: AvroType, settings: AvroCodecSettings): ReadValue {
  return new DecoderSource(settings).compile(writer, reader);
}

/** A field of the reader and the variable that its value is read into. */
interface ReadField {
  readonly field: AvroField;
  readonly variable: string;
}

class DecoderSource {
  readonly #settings: AvroCodecSettings;
  readonly #source = new SourceBuilder();
  readonly #records = new Map<AvroRecord, Map<AvroRecord, string>>();
  readonly #skipped = new Map<AvroRecord, string>();

  constructor(settings: AvroCodecSettings) {
    this.#settings = settings;
  }

  compile(writer: AvroType, reader: AvroType): ReadValue {
    const root = this.#source.name('read');
    this.#source.define(
      `function ${root}(r) { let value; ${this.#read(writer, reader, 'value')} return value; }`,
    );
    return this.#source.compile(root) as ReadValue;
  }

  /** Statements that read a value into a variable. */
  #read(writer: AvroType, reader: AvroType, target: string): string {
    if (writer.kind === 'union') return this.#writtenUnion(writer, reader, target);
    if (reader.kind === 'union') {
      const branch = resolveBranch(reader, writer);
      if (branch === undefined) throw mismatch(reader, writer);
      return `${this.#read(writer, branch, target)} ${this.#wrap(branch, target)}`;
    }
    if (writer.kind === 'record' && reader.kind === 'record') {
      return `${target} = ${this.#record(writer, reader)}(r);`;
    }
    if (writer.kind === 'array' && reader.kind === 'array')
      return this.#array(writer.items, reader.items, target);
    if (writer.kind === 'map' && reader.kind === 'map')
      return this.#map(writer.values, reader.values, target);
    const raw = this.#scalar(writer, reader);
    const form = this.#settings.logicalTypes ? logicalForms(reader) : undefined;
    return form === undefined
      ? `${target} = ${raw};`
      : `${target} = ${this.#source.constant(form.toValue)}(${raw});`;
  }

  /** An expression. */
  #scalar(writer: AvroType, reader: AvroType): string {
    switch (reader.kind) {
      case 'null':
        if (writer.kind === 'null') return 'null';
        break;
      case 'boolean':
        if (writer.kind === 'boolean') return 'r.boolean()';
        break;
      case 'int':
        if (writer.kind === 'int') return 'r.int()';
        break;
      case 'long':
        if (writer.kind === 'int' || writer.kind === 'long') return this.#long(writer.kind);
        break;
      case 'float':
        if (writer.kind === 'float') return 'r.float()';
        if (writer.kind === 'int') return 'Math.fround(r.int())';
        if (writer.kind === 'long') return 'Math.fround(r.longAsNumber())';
        break;
      case 'double':
        if (writer.kind === 'float' || writer.kind === 'double') return `r.${writer.kind}()`;
        if (writer.kind === 'int') return 'r.int()';
        if (writer.kind === 'long') return 'r.longAsNumber()';
        break;
      case 'string':
      case 'bytes':
        if (writer.kind === 'string' || writer.kind === 'bytes') return `r.${reader.kind}()`;
        break;
      case 'fixed':
        if (writer.kind === 'fixed' && namesMatch(reader, writer) && reader.sizeBytes === writer.sizeBytes) {
          return `r.fixed(${reader.sizeBytes})`;
        }
        break;
      case 'enum':
        if (writer.kind === 'enum' && namesMatch(reader, writer)) return this.#enum(writer, reader);
        break;
      case 'array':
      case 'map':
      case 'record':
      case 'union':
        break;
    }
    throw mismatch(reader, writer);
  }

  #long(writerKind: 'int' | 'long'): string {
    if (this.#settings.longs === 'bigint') return writerKind === 'int' ? 'BigInt(r.int())' : 'r.bigLong()';
    return writerKind === 'int' ? 'r.int()' : 'r.long()';
  }

  #enum(writer: AvroEnum, reader: AvroEnum): string {
    const known = new Set(reader.symbols);
    const symbols = writer.symbols.map((symbol) => (known.has(symbol) ? symbol : reader.defaultSymbol));
    return `r.symbol(${this.#source.constant(symbols)}, ${this.#source.constant(writer.symbols)})`;
  }

  #writtenUnion(writer: AvroUnion, reader: AvroType, target: string): string {
    const cases = writer.branches.map((branch, index) => {
      // A reader that cannot read this branch may never meet it.
      const body = canRead(reader, branch)
        ? this.#read(branch, reader, target)
        : `r.bad(${JSON.stringify(`the reader's schema cannot read the branch ${branchName(branch)}`)});`;
      return `case ${index}: ${body} break;`;
    });
    return `switch (r.int()) { ${cases.join('\n')} default: r.bad('there is no such branch of a union'); }`;
  }

  #wrap(branch: AvroType, target: string): string {
    if (this.#settings.unions === 'natural' || branch.kind === 'null') return '';
    return `${target} = { ${memberName(branchName(branch))}: ${target} };`;
  }

  #array(writer: AvroType, reader: AvroType, target: string): string {
    const [list, count, index, item] = this.#source.names('list', 'count', 'i', 'item');
    const next = `r.blockCount(${minBytes(writer)})`;
    return `{ const ${list} = [];
for (let ${count} = ${next}; ${count} > 0; ${count} = ${next}) {
for (let ${index} = 0; ${index} < ${count}; ${index}++) { let ${item}; ${this.#read(writer, reader, item)} ${list}.push(${item}); } }
${target} = ${list}; }`;
  }

  #map(writer: AvroType, reader: AvroType, target: string): string {
    const [members, count, index, key, item] = this.#source.names('members', 'count', 'i', 'key', 'item');
    // A key is at least its length.
    const next = `r.blockCount(${minBytes(writer) + 1})`;
    const set = this.#source.constant(setMember);
    return `{ const ${members} = {};
for (let ${count} = ${next}; ${count} > 0; ${count} = ${next}) {
for (let ${index} = 0; ${index} < ${count}; ${index}++) { const ${key} = r.key(); let ${item}; ${this.#read(writer, reader, item)}
if (${key} === '__proto__') ${set}(${members}, ${key}, ${item}); else ${members}[${key}] = ${item}; } }
${target} = ${members}; }`;
  }

  #record(writer: AvroRecord, reader: AvroRecord): string {
    const known = this.#records.get(writer)?.get(reader);
    if (known !== undefined) return known;
    if (!namesMatch(reader, writer)) throw mismatch(reader, writer);
    const name = this.#source.name('record');
    const ofWriter = this.#records.get(writer) ?? new Map<AvroRecord, string>();
    this.#records.set(writer, ofWriter.set(reader, name));
    const readFrom = this.#matches(writer, reader);
    const statements = writer.fields.map((field) => this.#writtenField(field, readFrom.get(field) ?? []));
    const variables = new Map([...readFrom.values()].flat().map(({ field, variable }) => [field, variable]));
    const members = reader.fields.map(
      (field) => `${memberName(field.name)}: ${variables.get(field) ?? this.#default(field, reader, writer)}`,
    );
    const declared = variables.size === 0 ? '' : `let ${[...variables.values()].join(', ')};`;
    this.#source.define(
      `function ${name}(r) { ${declared}\n${statements.join('\n')}\nreturn { ${members.join(', ')} }; }`,
    );
    return name;
  }

  /** The fields of the reader, and variables for their values, by the field of the writer that they are read from. */
  #matches(writer: AvroRecord, reader: AvroRecord): ReadonlyMap<AvroField, readonly ReadField[]> {
    const matches = new Map<AvroField, ReadField[]>();
    for (const field of reader.fields) {
      const match = matchingField(writer, field);
      if (match === 'ambiguous') {
        throw new IncompatibleReaderError(
          `Field "${field.name}" of the reader matches several fields of ${writer.name.full} by its aliases`,
        );
      }
      if (match === undefined) continue;
      matches.set(match, [...(matches.get(match) ?? []), { field, variable: this.#source.name('field') }]);
    }
    return matches;
  }

  /** Several fields of a reader may be read from one of the writer, which is read once for each. */
  #writtenField(field: AvroField, readers: readonly ReadField[]): string {
    const [first, ...others] = readers;
    if (first === undefined) return skipSource(field.type, { source: this.#source, records: this.#skipped });
    const read = this.#read(field.type, first.field.type, first.variable);
    if (others.length === 0) return read;
    const start = this.#source.name('start');
    const again = others.map(
      (other) => `r.seek(${start}); ${this.#read(field.type, other.field.type, other.variable)}`,
    );
    return `const ${start} = r.tell(); ${read} ${again.join(' ')}`;
  }

  #default(field: AvroField, reader: AvroRecord, writer: AvroRecord): string {
    const make = fieldDefault(field, this.#settings);
    if (make !== undefined) return `${this.#source.constant(make)}()`;
    throw new IncompatibleReaderError(
      `Field "${field.name}" of ${reader.name.full} has no default, and ${writer.name.full} of the writer has no such field`,
    );
  }
}

/** A member of an object literal; written plainly, this one name would set the prototype. */
function memberName(name: string): string {
  return name === '__proto__' ? `['__proto__']` : JSON.stringify(name);
}

function mismatch(reader: AvroType, writer: AvroType): IncompatibleReaderError {
  return new IncompatibleReaderError(
    `The reader's ${branchName(reader)} cannot read the ${branchName(writer)} of the writer`,
  );
}
