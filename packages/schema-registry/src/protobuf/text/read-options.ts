import { FieldType } from '../descriptor/descriptor.ts';
import { MalformedMessageError, rawFieldsOf, type RawField } from '../descriptor/wire-bytes.ts';
import { isPackable } from '../link/complete-fields.ts';
import type { FieldModel, MessageModel } from '../link/model.ts';
import type { ProtoOption, ProtoValue, ProtoValueField } from '../syntax/proto-file.ts';

/** Finds an extension by the full name of what it extends and its number. */
export type FindExtension = (extendee: string, number: number) => FieldModel | undefined;

/** Options whose place among the others is not that of their number, as Confluent's registry prints them. */
const PRINT_ORDER: Readonly<Record<string, readonly string[]>> = {
  FileOptions: [
    'java_package',
    'java_outer_classname',
    'java_multiple_files',
    'java_generate_equals_and_hash',
    'java_string_check_utf8',
    'optimize_for',
  ],
  MessageOptions: ['no_standard_descriptor_accessor', 'deprecated', 'map_entry'],
  FieldOptions: ['ctype', 'packed', 'jstype', 'deprecated'],
  EnumValueOptions: ['deprecated', 'debug_redact', 'features', 'feature_support'],
};

/** Options that Confluent's registry leaves out, and that change nothing on the wire. */
const LEFT_OUT: ReadonlySet<string> = new Set([
  'google.protobuf.FieldOptions.lazy',
  'google.protobuf.FieldOptions.unverified_lazy',
  'google.protobuf.FieldOptions.weak',
  'google.protobuf.MessageOptions.deprecated_legacy_json_field_conflicts',
  'google.protobuf.EnumOptions.deprecated_legacy_json_field_conflicts',
]);

/** Reads the bytes of options back into what could be written in a `.proto` file; unknown options are dropped. */
export class OptionReader {
  readonly #findExtension: FindExtension;

  constructor(findExtension: FindExtension) {
    this.#findExtension = findExtension;
  }

  /** `type` is the options message. @throws MalformedMessageError */
  read(bytes: Buffer | undefined, type: MessageModel): readonly ProtoOption[] {
    if (bytes === undefined) return [];
    return this.#known(bytes, type)
      .toSorted(([left], [right]) => printRank(type, left) - printRank(type, right))
      .flatMap(([field, values]) => values.map((value) => optionOf(field, value)));
  }

  #known(bytes: Buffer, type: MessageModel): readonly (readonly [FieldModel, readonly ProtoValue[]])[] {
    const values = new Map<FieldModel, ProtoValue[]>();
    for (const raw of rawFieldsOf(bytes)) {
      const field =
        type.fields.find(({ number }) => number === raw.number) ??
        this.#findExtension(type.fullName, raw.number);
      if (field === undefined || LEFT_OUT.has(field.fullName)) continue;
      const read = this.#values(field, raw);
      const before = values.get(field);
      if (before === undefined || !field.isRepeated)
        values.set(field, field.isRepeated ? [...read] : read.slice(-1));
      else for (const value of read) before.push(value);
    }
    return [...values].toSorted(([left], [right]) => left.number - right.number);
  }

  #values(field: FieldModel, raw: RawField): readonly ProtoValue[] {
    if (field.message !== undefined) return [this.#message(field.message, raw.bytes)];
    if (raw.wireType === 2 && isPackable(field.type))
      return unpack(field.type, raw.bytes).map((bits) => scalar(field, bits));
    if (field.type === FieldType.STRING || field.type === FieldType.BYTES) {
      return [{ kind: 'string', bytes: raw.bytes.toString('latin1') }];
    }
    return [scalar(field, raw.value)];
  }

  #message(type: MessageModel, bytes: Buffer): ProtoValue {
    const fields = this.#known(bytes, type).map(([field, values]): ProtoValueField => {
      const isExtension = field.extendee !== undefined;
      const [first] = values;
      const value: ProtoValue = field.isRepeated || first === undefined ? { kind: 'list', values } : first;
      return { at: 0, name: isExtension ? field.fullName : fieldKey(field), isExtension, value };
    });
    return { kind: 'aggregate', fields: isDecimalParameter(type, fields) ? fields.toReversed() : fields };
  }
}

function optionOf(field: FieldModel, value: ProtoValue): ProtoOption {
  const isExtension = field.extendee !== undefined;
  const name = [{ name: isExtension ? field.fullName : field.name, isExtension }];
  return { kind: 'option', at: 0, name, value, valueAt: 0 };
}

/** Known options first, then those of Confluent, then the others. */
function printRank(type: MessageModel, field: FieldModel): number {
  const beyondNumbers = 2 ** 30;
  if (field.extendee !== undefined)
    return field.fullName.startsWith('confluent.') ? beyondNumbers : beyondNumbers * 2;
  const order = PRINT_ORDER[type.name] ?? [];
  const rank = order.indexOf(field.name);
  return rank === -1 ? order.length + field.number : rank;
}

/** Within braces a group goes by the name of its message. */
function fieldKey(field: FieldModel): string {
  return field.type === FieldType.GROUP && field.message !== undefined ? field.message.name : field.name;
}

/** Confluent's registry prints the value of these parameters before the key; texts are compared, so do we. */
function isDecimalParameter(type: MessageModel, fields: readonly ProtoValueField[]): boolean {
  if (type.fullName !== 'confluent.Meta.ParamsEntry') return false;
  const key = fields.find(({ name }) => name === 'key')?.value;
  return key?.kind === 'string' && (key.bytes === 'precision' || key.bytes === 'scale');
}

function unpack(type: number, bytes: Buffer): readonly bigint[] {
  const width = fixedWidth(type);
  if (width === undefined) return varints(bytes);
  if (bytes.length % width !== 0) throw new MalformedMessageError('A packed option ends within a value');
  return Array.from({ length: bytes.length / width }, (_, index) =>
    width === 4 ? BigInt(bytes.readUInt32LE(index * 4)) : bytes.readBigUInt64LE(index * 8),
  );
}

function varints(bytes: Buffer): readonly bigint[] {
  const values: bigint[] = [];
  let value = 0n;
  let shift = 0n;
  for (const byte of bytes) {
    value |= BigInt(byte & 0x7f) << shift;
    shift += 7n;
    if (byte >= 0x80) continue;
    values.push(BigInt.asUintN(64, value));
    value = 0n;
    shift = 0n;
  }
  return values;
}

function fixedWidth(type: number): 4 | 8 | undefined {
  if (type === FieldType.FIXED32 || type === FieldType.SFIXED32 || type === FieldType.FLOAT) return 4;
  if (type === FieldType.FIXED64 || type === FieldType.SFIXED64 || type === FieldType.DOUBLE) return 8;
  return undefined;
}

/** A number, bool or enum from its bits on the wire. */
function scalar({ type, enumType }: FieldModel, bits: bigint): ProtoValue {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(bits);
  switch (type) {
    case FieldType.BOOL:
      return { kind: 'identifier', text: bits === 0n ? 'false' : 'true' };
    case FieldType.ENUM:
      return enumValue(enumType?.values, BigInt.asIntN(32, bits));
    case FieldType.FLOAT:
      return float(bytes.readFloatLE());
    case FieldType.DOUBLE:
      return float(bytes.readDoubleLE());
    case FieldType.SINT32:
    case FieldType.SINT64:
      return { kind: 'number', text: String((bits >> 1n) ^ -(bits & 1n)) };
    case FieldType.INT32:
    case FieldType.SFIXED32:
      return { kind: 'number', text: String(BigInt.asIntN(32, bits)) };
    case FieldType.INT64:
    case FieldType.SFIXED64:
      return { kind: 'number', text: String(BigInt.asIntN(64, bits)) };
    default:
      return { kind: 'number', text: String(bits) };
  }
}

function enumValue(
  values: readonly { readonly name: string; readonly number: number }[] = [],
  number: bigint,
): ProtoValue {
  const named = values.find((value) => BigInt(value.number) === number);
  return named === undefined
    ? { kind: 'number', text: String(number) }
    : { kind: 'identifier', text: named.name };
}

function float(value: number): ProtoValue {
  if (Number.isNaN(value)) return { kind: 'identifier', text: 'nan' };
  if (!Number.isFinite(value)) return { kind: 'identifier', text: value > 0 ? 'inf' : '-inf' };
  const text = Object.is(value, -0) ? '-0' : String(value);
  return { kind: 'number', text: /[.e]/.test(text) ? text : `${text}.0` };
}
