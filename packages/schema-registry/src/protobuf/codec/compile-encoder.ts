import { SourceBuilder } from '../../codec/source-builder.ts';
import { FieldType } from '../descriptor/descriptor.ts';
import { isMapField, type EnumModel, type FieldModel, type MessageModel } from '../link/model.ts';
import { propertyName, type ProtobufCodecSettings } from './codec-options.ts';
import { isLong, mapFields, tag, tagOf, wireMethod } from './field-wire.ts';
import { mapKeyFromText } from './map-key.ts';
import { MessageFunctions } from './message-functions.ts';
import { readProperty } from './property-source.ts';
import type { WireWriter } from './wire-writer.ts';

/** Writes the fields of a message; throws `UnfitValue` for a value that does not fit. */
export type WriteMessage = (writer: WireWriter, value: unknown) => void;

/**
 * A function that writes values of one message, made as JavaScript source: one function per message, its fields in a row.
 * A walk over the schema per value costs several times as much (see the benchmark of the package).
 */
export function compileEncoder(message: MessageModel, settings: ProtobufCodecSettings): WriteMessage {
  return new EncoderSource(settings).compile(message);
}

class EncoderSource {
  readonly #settings: ProtobufCodecSettings;
  readonly #source = new SourceBuilder();
  readonly #messages = new MessageFunctions(this.#source, 'write');

  constructor(settings: ProtobufCodecSettings) {
    this.#settings = settings;
  }

  compile(message: MessageModel): WriteMessage {
    return this.#messages.compile(message, (next) => this.#define(next)) as WriteMessage;
  }

  #define(message: MessageModel): void {
    const fields = message.fields.toSorted((left, right) => left.number - right.number);
    this.#source.define(`function ${this.#messages.name(message)}(w, v) {
if (typeof v !== 'object' || v === null) w.bad();
let f, n, s;
${this.#oneofs(message)}
${fields.map((field) => this.#field(field)).join('\n')}
}`);
  }

  /** At most one member of a oneof may be set. */
  #oneofs({ oneofs }: MessageModel): string {
    const shared = oneofs.filter(({ fields }) => fields.length > 1);
    return shared.map(({ fields }) => this.#counted(fields)).join('\n');
  }

  #counted(fields: readonly FieldModel[]): string {
    // One statement per member: a sum of thousands would be deeper than the stack of the compiler.
    const counts = fields.map((field) => `if (${this.#read(field)} != null) n++;`);
    return `n = 0; ${counts.join(' ')} if (n > 1) w.bad();`;
  }

  #read(field: FieldModel): string {
    return readProperty('v', propertyName(field, this.#settings));
  }

  #field(field: FieldModel): string {
    const otherwise = field.isRequired ? ' else w.bad();' : '';
    return `f = ${this.#read(field)}; if (f != null) { ${this.#present(field)} }${otherwise}`;
  }

  #present(field: FieldModel): string {
    if (isMapField(field)) return this.#map(field);
    if (field.isRepeated) return this.#repeated(field);
    if (field.enumType !== undefined) {
      const condition = field.hasPresence ? '' : 'if (n !== 0) ';
      return `${this.#enumNumber(field.enumType, 'f')} ${condition}w.int32(${tagOf(field)}, n);`;
    }
    const write = this.#value(field, 'f', tagOf(field));
    return field.hasPresence || field.isRequired ? write : `if (${isNotDefault(field.type)}) { ${write} }`;
  }

  /** Statements that write one value that is there. */
  #value(field: FieldModel, value: string, fieldTag: number): string {
    const { message, enumType, type } = field;
    if (message !== undefined && type === FieldType.GROUP) {
      return `w.tag(${fieldTag}); ${this.#messages.name(message)}(w, ${value}); w.tag(${tag(field.number, 4)});`;
    }
    if (message !== undefined)
      return `s = w.open(${fieldTag}); ${this.#messages.name(message)}(w, ${value}); w.close(s);`;
    if (enumType !== undefined) return `${this.#enumNumber(enumType, value)} w.int32(${fieldTag}, n);`;
    return `w.${wireMethod(type)}(${fieldTag}, ${value});`;
  }

  #enumNumber(enumType: EnumModel, value: string): string {
    const numbers = this.#source.constant(numbersOf(enumType));
    return `n = typeof ${value} === 'number' ? ${value} : ${numbers}.get(${value}); if (n === undefined) w.bad();`;
  }

  #repeated(field: FieldModel): string {
    const [index, list, opened] = this.#source.names('i', 'list', 'opened');
    const item = this.#value(field, `${list}[${index}]`, field.isPacked ? 0 : tagOf(field));
    const loop = `for (let ${index} = 0; ${index} < ${list}.length; ${index}++) { ${item} }`;
    const body = field.isPacked
      ? `const ${opened} = w.open(${tag(field.number, 2)}); ${loop} w.close(${opened});`
      : loop;
    return `const ${list} = f; if (!Array.isArray(${list})) w.bad(); if (${list}.length > 0) { ${body} }`;
  }

  #map(field: FieldModel): string {
    const { key, value } = mapFields(field);
    const [entry, map, opened] = this.#source.names('entry', 'map', 'opened');
    const writeKey = `w.${wireMethod(key.type)}(${tagOf(key)}, k);`;
    this.#source.define(`function ${entry}(w, k, e) {
let n, s;
const ${opened} = w.open(${tag(field.number, 2)}); ${writeKey} ${this.#value(value, 'e', tagOf(value))} w.close(${opened});
}`);
    const fromText = this.#source.constant(mapKeyFromText(key.type));
    return `const ${map} = f;
if (${map} instanceof Map) for (const [k, e] of ${map}) ${entry}(w, k, e);
else { if (typeof ${map} !== 'object') w.bad(); for (const k of Object.keys(${map})) ${entry}(w, ${fromText}(k), ${map}[k]); }`;
  }
}

const enumNumbers = new WeakMap<EnumModel, ReadonlyMap<unknown, number>>();

function numbersOf(enumType: EnumModel): ReadonlyMap<unknown, number> {
  const numbers =
    enumNumbers.get(enumType) ?? new Map(enumType.values.map(({ name, number }) => [name, number]));
  enumNumbers.set(enumType, numbers);
  return numbers;
}

/** Whether `f` differs from the default of a type whose default is not written. */
function isNotDefault(type: number): string {
  if (type === FieldType.STRING) return "f !== ''";
  if (type === FieldType.BYTES) return 'f.length !== 0 || !(f instanceof Uint8Array)';
  if (type === FieldType.BOOL) return 'f !== false';
  if (type === FieldType.DOUBLE || type === FieldType.FLOAT) return 'f !== 0 || 1 / f < 0';
  return isLong(type) ? "f !== 0 && f !== 0n && f !== '0'" : 'f !== 0';
}
