import { FieldType } from '../descriptor/descriptor.ts';
import { varintBytes, WireBytesWriter } from '../descriptor/wire-bytes.ts';
import { optionNumber } from './features.ts';
import type { FieldModel, MessageModel } from './model.ts';

/** A value of an option: integers, bools and enums as bigint, strings and bytes as one character a byte. */
export type OptionScalar = bigint | number | string;
export type OptionContent = OptionScalar | OptionMessage;

/** `FieldOptions.retention`, and its value for options that only the text keeps. */
const RETENTION = 17;
const RETENTION_SOURCE = 2;

/** The value of an options message while it is put together, and its bytes. */
export class OptionMessage {
  readonly type: MessageModel;
  readonly #values = new Map<FieldModel, OptionContent[]>();

  constructor(type: MessageModel) {
    this.type = type;
  }

  /** The values of a field; empty when it is not set. */
  valuesOf(field: FieldModel): readonly OptionContent[] {
    return this.#values.get(field) ?? [];
  }

  /** What is set, by ascending number. */
  entries(): readonly (readonly [FieldModel, readonly OptionContent[]])[] {
    return [...this.#values].toSorted(([left], [right]) => left.number - right.number);
  }

  add(field: FieldModel, value: OptionContent): void {
    const values = this.#values.get(field);
    if (values === undefined) this.#values.set(field, [value]);
    else values.push(value);
  }

  /** The message in a singular field, made when it is not there. */
  childOf(field: FieldModel, type: MessageModel): OptionMessage {
    const [existing] = this.valuesOf(field);
    if (existing instanceof OptionMessage) return existing;
    const child = new OptionMessage(type);
    this.add(field, child);
    return child;
  }

  /** As protoc writes it: by field number, without what is kept in the source only. */
  encode(): Buffer {
    const writer = new WireBytesWriter();
    for (const [field, values] of this.entries()) {
      if (optionNumber(field.descriptor.options, RETENTION) === RETENTION_SOURCE) continue;
      if (field.isPacked)
        writer.bytes(field.number, Buffer.concat(values.map((value) => packedBytes(field.type, value))));
      else for (const value of values) writeValue(writer, field, value);
    }
    return writer.finish();
  }
}

function writeValue(writer: WireBytesWriter, { number, type }: FieldModel, value: OptionContent): void {
  if (value instanceof OptionMessage) {
    if (type === FieldType.GROUP) writer.group(number, value.encode());
    else writer.bytes(number, value.encode());
    return;
  }
  if (typeof value === 'string') {
    writer.bytes(number, Buffer.from(value, 'latin1'));
    return;
  }
  const bits = scalarBits(type, value);
  if (bits.width === 32) writer.fixed32(number, Number(BigInt.asUintN(32, bits.value)));
  else if (bits.width === 64) writer.fixed64(number, bits.value);
  else writer.varint(number, bits.value);
}

function packedBytes(type: number, value: OptionContent): Buffer {
  const bits = scalarBits(type, value as bigint | number);
  if (bits.width === undefined) return varintBytes(BigInt.asUintN(64, bits.value));
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt.asUintN(64, bits.value));
  return bytes.subarray(0, bits.width / 8);
}

/** What a number is on the wire; `width` undefined means a varint. */
function scalarBits(
  type: number,
  value: bigint | number,
): { readonly value: bigint; readonly width: 32 | 64 | undefined } {
  const bytes = Buffer.alloc(8);
  switch (type) {
    case FieldType.FLOAT:
      bytes.writeFloatLE(Number(value));
      return { value: BigInt(bytes.readUInt32LE()), width: 32 };
    case FieldType.DOUBLE:
      bytes.writeDoubleLE(Number(value));
      return { value: bytes.readBigUInt64LE(), width: 64 };
    case FieldType.FIXED32:
    case FieldType.SFIXED32:
      return { value: BigInt(value), width: 32 };
    case FieldType.FIXED64:
    case FieldType.SFIXED64:
      return { value: BigInt(value), width: 64 };
    case FieldType.SINT32:
    case FieldType.SINT64: {
      const signed = BigInt(value);
      return { value: signed >= 0n ? signed * 2n : -signed * 2n - 1n, width: undefined };
    }
    default:
      return { value: BigInt(value), width: undefined };
  }
}
