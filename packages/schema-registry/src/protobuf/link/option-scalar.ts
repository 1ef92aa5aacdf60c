import { FieldType, scalarTypeName } from '../descriptor/descriptor.ts';
import { textOfBytes } from '../syntax/string-literal.ts';
import type { ProtoValue } from '../syntax/proto-file.ts';
import type { FieldModel } from './model.ts';
import type { OptionScalar } from './option-message.ts';

/** The value that an option or a default means for a field that is no message; a string says what is wrong with it. */
export function optionScalar(
  field: FieldModel,
  value: ProtoValue,
): { readonly value: OptionScalar } | { readonly problem: string } {
  const limits = INTEGER_LIMITS.get(field.type);
  if (limits !== undefined) return integer(value, limits, field.type);
  switch (field.type) {
    case FieldType.DOUBLE:
    case FieldType.FLOAT:
      return float(value);
    case FieldType.BOOL:
      return bool(value);
    case FieldType.ENUM:
      return enumValue(field, value);
    case FieldType.STRING:
    case FieldType.BYTES:
      return string(value, field.type);
    default:
      return { problem: 'needs a message in braces' };
  }
}

type Result = ReturnType<typeof optionScalar>;
type Limits = readonly [min: bigint, max: bigint];

const INT32: Limits = [-(2n ** 31n), 2n ** 31n - 1n];
const UINT32: Limits = [0n, 2n ** 32n - 1n];
const INT64: Limits = [-(2n ** 63n), 2n ** 63n - 1n];
const UINT64: Limits = [0n, 2n ** 64n - 1n];
const INTEGER_LIMITS: ReadonlyMap<number, Limits> = new Map([
  [FieldType.INT32, INT32],
  [FieldType.SINT32, INT32],
  [FieldType.SFIXED32, INT32],
  [FieldType.UINT32, UINT32],
  [FieldType.FIXED32, UINT32],
  [FieldType.INT64, INT64],
  [FieldType.SINT64, INT64],
  [FieldType.SFIXED64, INT64],
  [FieldType.UINT64, UINT64],
  [FieldType.FIXED64, UINT64],
]);

function integer(value: ProtoValue, [min, max]: Limits, type: number): Result {
  const number = value.kind === 'number' ? integerFromText(value.text) : undefined;
  const name = scalarTypeName(type);
  if (number === undefined) return { problem: `needs an integer of type ${name}` };
  return number < min || number > max
    ? { problem: `is out of range for ${name}: ${number}` }
    : { value: number };
}

/** Decimal, octal or hexadecimal, perhaps with a minus; undefined for floats. */
function integerFromText(text: string): bigint | undefined {
  const digits = text.replace(/^-/, '');
  if (!/^(?:0[xX][0-9a-fA-F]+|[0-9]+)$/.test(digits)) return undefined;
  const value = BigInt(/^0[0-7]+$/.test(digits) ? `0o${digits.slice(1)}` : digits);
  return text.startsWith('-') ? -value : value;
}

function float(value: ProtoValue): Result {
  if (value.kind === 'number') {
    const whole = integerFromText(value.text);
    return { value: whole === undefined || whole === 0n ? Number(value.text) : Number(whole) };
  }
  const special = value.kind === 'identifier' ? SPECIAL_FLOATS.get(value.text.toLowerCase()) : undefined;
  return special === undefined ? { problem: 'needs a number' } : { value: special };
}

const SPECIAL_FLOATS: ReadonlyMap<string, number> = new Map([
  ['inf', Infinity],
  ['infinity', Infinity],
  ['-inf', -Infinity],
  ['-infinity', -Infinity],
  ['nan', Number.NaN],
  ['-nan', Number.NaN],
]);

function bool(value: ProtoValue): Result {
  if (value.kind === 'identifier' && value.text === 'true') return { value: 1n };
  if (value.kind === 'identifier' && value.text === 'false') return { value: 0n };
  return { problem: 'needs true or false' };
}

function enumValue({ enumType }: FieldModel, value: ProtoValue): Result {
  const named = enumType?.values.find(({ name }) => value.kind === 'identifier' && name === value.text);
  if (named !== undefined) return { value: BigInt(named.number) };
  return { problem: `needs a value of the enum ${enumType?.fullName ?? ''}` };
}

function string(value: ProtoValue, type: number): Result {
  if (value.kind !== 'string') return { problem: 'needs a string in quotes' };
  const isText = type === FieldType.BYTES || textOfBytes(value.bytes) !== undefined;
  return isText ? { value: value.bytes } : { problem: 'is not UTF-8' };
}
