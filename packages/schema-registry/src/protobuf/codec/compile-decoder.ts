import { SourceBuilder } from '../../codec/source-builder.ts';
import { FieldType } from '../descriptor/descriptor.ts';
import {
  isMapField,
  type EnumModel,
  type FieldModel,
  type MessageModel,
  type OneofModel,
} from '../link/model.ts';
import { isPackable } from '../link/complete-fields.ts';
import { propertyName, type ProtobufCodecSettings } from './codec-options.ts';
import { isLong, mapFields, tag, tagOf, wireMethod } from './field-wire.ts';
import { setMapEntry } from './map-key.ts';
import { MessageFunctions } from './message-functions.ts';
import { literalProperty, setProperty } from './property-source.ts';
import type { WireReader } from './wire-reader.ts';

/** Reads a message up to the end the reader knows, or to the end tag of a group; 0 for none. */
export type ReadMessage = (reader: WireReader, endTag: number) => unknown;

const NO_BYTES = Buffer.alloc(0);

/**
 * A function that reads one message, made as JavaScript source: one function per message, one local variable per field.
 * Fields that are always there come first in the object, so that objects of one message have few shapes.
 */
export function compileDecoder(message: MessageModel, settings: ProtobufCodecSettings): ReadMessage {
  return new DecoderSource(settings).compile(message);
}

/** A field and the names of its local variables. */
interface Local {
  readonly field: FieldModel;
  readonly property: string;
  /** The value. */
  readonly value: string;
  /** Of a single message: where its bytes begin and end, and its pieces when it comes more than once. */
  readonly from: string;
  readonly to: string;
  readonly pieces: string;
  readonly index: number;
}

class DecoderSource {
  readonly #settings: ProtobufCodecSettings;
  readonly #source = new SourceBuilder();
  readonly #messages = new MessageFunctions(this.#source, 'read');

  constructor(settings: ProtobufCodecSettings) {
    this.#settings = settings;
  }

  compile(message: MessageModel): ReadMessage {
    return this.#messages.compile(message, (next) => this.#define(next)) as ReadMessage;
  }

  #define(message: MessageModel): void {
    const locals = message.fields.map((field, index) => this.#local(field, index));
    const oneofs = message.oneofs.filter(({ fields }) => fields.length > 1);
    this.#source.define(`function ${this.#messages.name(message)}(r, endTag) {
${oneofs.map((oneof) => `let ${memberOf(oneof)} = -1;`).join('\n')}
${locals.map((local) => this.#declaration(local)).join('\n')}
fields: for (;;) {
if (r.position >= r.end) { if (endTag !== 0) r.bad('a group has no end'); break; }
const t = r.tag();
switch (t) {
${locals.map((local) => this.#cases(local)).join('\n')}
default: if (t === endTag) break fields; r.skip(t);
}
}
${locals.map((local) => this.#afterwards(local)).join('')}
${this.#result(locals)}
}`);
  }

  #local(field: FieldModel, index: number): Local {
    const property = propertyName(field, this.#settings);
    return {
      field,
      property,
      value: `f${index}`,
      from: `from${index}`,
      to: `to${index}`,
      pieces: `pieces${index}`,
      index,
    };
  }

  #declaration({ field, value, from, to, pieces }: Local): string {
    if (isMapField(field)) return `const ${value} = {};`;
    if (field.isRepeated) return `const ${value} = [];`;
    if (isSingleMessage(field)) return `let ${value}, ${from} = 0, ${to} = 0, ${pieces};`;
    return isAlwaysThere(field) && !field.isRequired
      ? `let ${value} = ${this.#default(field)};`
      : `let ${value};`;
  }

  /** The default value of a field that is no message, as source. */
  #default({ type, enumType }: FieldModel): string {
    if (enumType !== undefined) return this.#enumDefault(enumType);
    if (type === FieldType.STRING) return "''";
    if (type === FieldType.BYTES) return this.#source.constant(NO_BYTES);
    if (type === FieldType.BOOL) return 'false';
    if (!isLong(type)) return '0';
    const { longs } = this.#settings;
    return longs === 'string' ? "'0'" : longs === 'bigint' ? '0n' : '0';
  }

  #enumDefault({ isClosed, values }: EnumModel): string {
    const first = isClosed ? values[0] : values.find(({ number }) => number === 0);
    const isNamed = this.#settings.enums === 'name' && first !== undefined;
    return isNamed ? JSON.stringify(first.name) : String(first?.number ?? 0);
  }

  #cases(local: Local): string {
    const { field, value } = local;
    if (isMapField(field)) return `case ${tag(field.number, 2)}: ${this.#mapEntry(field, value)} break;`;
    if (field.isRepeated) return this.#repeatedCases(field, value);
    if (isSingleMessage(field))
      return `case ${tagOf(field)}: ${takesOver(local)} ${this.#messagePiece(local)} break;`;
    return `case ${tagOf(field)}: ${this.#assign(field, (read) => `${takesOver(local)} ${value} = ${read};`)} break;`;
  }

  #repeatedCases(field: FieldModel, value: string): string {
    const single = `case ${tagOf(field)}: ${this.#assign(field, (read) => `${value}.push(${read});`)} break;`;
    if (!isPackable(field.type)) return single;
    const each = this.#assign(field, (read) => `${value}.push(${read});`);
    return `${single}
case ${tag(field.number, 2)}: { const o = r.enter(); while (r.position < r.end) { ${each} } r.leave(o); break; }`;
  }

  /** Statements that read a value and do something with it; nothing for a number that a closed enum does not have. */
  #assign(field: FieldModel, use: (read: string) => string): string {
    const { message, enumType } = field;
    if (message !== undefined) return this.#readMessage(field, message, use);
    if (enumType !== undefined) return this.#readEnum(enumType, use);
    return use(this.#readScalar(field));
  }

  #readMessage(field: FieldModel, message: MessageModel, use: (read: string) => string): string {
    const name = this.#messages.name(message);
    if (field.type === FieldType.GROUP) {
      return `{ r.enterGroup(); const x = ${name}(r, ${tag(field.number, 4)}); r.leaveGroup(); ${use('x')} }`;
    }
    return `{ const o = r.enter(); const x = ${name}(r, 0); r.leave(o); ${use('x')} }`;
  }

  #readEnum(enumType: EnumModel, use: (read: string) => string): string {
    const names = this.#source.constant(namesOf(enumType));
    if (this.#settings.enums === 'name') {
      const otherwise = enumType.isClosed
        ? `if (x !== undefined) { ${use('x')} }`
        : use('x === undefined ? n : x');
      return `{ const n = r.int32(); const x = ${names}.get(n); ${otherwise} }`;
    }
    return enumType.isClosed
      ? `{ const n = r.int32(); if (${names}.has(n)) { ${use('n')} } }`
      : use('r.int32()');
  }

  #readScalar({ type, features }: FieldModel): string {
    if (type === FieldType.STRING)
      return features.utf8Validation === 'VERIFY' ? 'r.string()' : 'r.lenientString()';
    const read = `r.${wireMethod(type)}()`;
    if (!isLong(type) || this.#settings.longs === 'number') return read;
    return this.#settings.longs === 'bigint' ? `BigInt(${read})` : `String(${read})`;
  }

  /** A message that comes in several pieces is read as if they were one; mostly there is one. */
  #messagePiece({ field, value, from, to, pieces }: Local): string {
    const name = this.#messages.name(field.message as MessageModel);
    return `{ const o = r.enter(); const p = r.position;
if (${value} === undefined) { ${value} = ${name}(r, 0); ${from} = p; ${to} = r.end; }
else { ${pieces} ??= [r.slice(${from}, ${to})]; ${pieces}.push(r.slice(p, r.end)); r.position = r.end; }
r.leave(o); }`;
  }

  #mapEntry(field: FieldModel, map: string): string {
    const { key, value } = mapFields(field);
    const isUnknown = value.enumType?.isClosed === true;
    const missing =
      value.message === undefined
        ? this.#default(value)
        : `r.joined([], ${this.#messages.name(value.message)})`;
    const set = this.#source.constant(setMapEntry);
    return `{ const o = r.enter(); let k = ${this.#keyDefault(key)}, e, seen = false;
while (r.position < r.end) { const t = r.tag();
if (t === ${tagOf(key)}) k = r.${wireMethod(key.type)}();
else if (t === ${tagOf(value)}) { seen = true; ${this.#assign(value, (read) => `e = ${read};`)} }
else r.skip(t); }
r.leave(o);
if (e === undefined && ${isUnknown ? '!seen' : 'true'}) e = ${missing};
if (e !== undefined) ${set}(${map}, k, e); }`;
  }

  #keyDefault({ type }: FieldModel): string {
    if (type === FieldType.STRING) return "''";
    return type === FieldType.BOOL ? 'false' : '0';
  }

  #afterwards({ field, value, pieces }: Local): string {
    if (isSingleMessage(field)) {
      const join = `if (${pieces} !== undefined) ${value} = r.joined(${pieces}, ${this.#messages.name(field.message as MessageModel)});\n`;
      return field.isRequired ? `${join}${missingField(field, value)}` : join;
    }
    return field.isRequired ? missingField(field, value) : '';
  }

  #result(locals: readonly Local[]): string {
    const there = locals.filter(({ field }) => isAlwaysThere(field));
    const others = locals.filter(({ field }) => !isAlwaysThere(field));
    const literal = there.map(({ property, value }) => literalProperty(property, value)).join(', ');
    const sets = others.map(
      (local) => `if (${isSet(local)}) { ${setProperty('m', local.property, local.value)} }`,
    );
    return `const m = { ${literal} };\n${sets.join('\n')}\nreturn m;`;
  }
}

/** The oneof of a field, where it has other members: one variable per oneof says which of them came last. */
function sharedOneof({ oneof }: FieldModel): OneofModel | undefined {
  return oneof !== undefined && oneof.fields.length > 1 ? oneof : undefined;
}

/** The variable that holds the index of the member that came last. */
function memberOf({ index }: OneofModel): string {
  return `member${index}`;
}

/** Source by which a member of a oneof becomes the one that is set. */
function takesOver({ field, value, pieces, index }: Local): string {
  const oneof = sharedOneof(field);
  if (oneof === undefined) return '';
  const member = memberOf(oneof);
  if (!isSingleMessage(field)) return `${member} = ${index};`;
  return `if (${member} !== ${index}) { ${member} = ${index}; ${value} = undefined; ${pieces} = undefined; }`;
}

/** Whether a field that may be absent is there. */
function isSet({ field, value, index }: Local): string {
  const oneof = sharedOneof(field);
  return `${value} !== undefined${oneof === undefined ? '' : ` && ${memberOf(oneof)} === ${index}`}`;
}

/** Whether the property is set whatever the bytes are. */
function isAlwaysThere(field: FieldModel): boolean {
  return field.isRepeated || field.isRequired || !field.hasPresence;
}

function isSingleMessage(field: FieldModel): boolean {
  return field.type === FieldType.MESSAGE && !field.isRepeated;
}

function missingField({ name }: FieldModel, value: string): string {
  return `if (${value} === undefined) r.bad(${JSON.stringify(`the required field "${name}" is missing`)});\n`;
}

const enumNames = new WeakMap<EnumModel, ReadonlyMap<number, string>>();

/** The first name of each number: aliases come after it. */
function namesOf(enumType: EnumModel): ReadonlyMap<number, string> {
  const names =
    enumNames.get(enumType) ??
    new Map(enumType.values.toReversed().map(({ name, number }) => [number, name]));
  enumNames.set(enumType, names);
  return names;
}
