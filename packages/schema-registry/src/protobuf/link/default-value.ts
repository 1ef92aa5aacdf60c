import type { InvalidSchemaError } from '../../errors.ts';
import { FieldType } from '../descriptor/descriptor.ts';
import { textOfBytes } from '../syntax/string-literal.ts';
import type { ProtoValue } from '../syntax/proto-file.ts';
import type { FieldModel } from './model.ts';
import { optionScalar } from './option-scalar.ts';

/** The text of a default value as a descriptor has it. `problem` makes the error for what is wrong. */
export function defaultValueText(
  field: FieldModel,
  value: ProtoValue,
  problem: (text: string) => InvalidSchemaError,
): string {
  if (field.isRepeated) throw problem('is repeated, so it has no default');
  if (field.message !== undefined) throw problem('is a message, so it has no default');
  const result = optionScalar(field, value);
  if ('problem' in result) throw problem(`has a default that ${result.problem}`);
  const { value: scalar } = result;
  if (field.type === FieldType.ENUM) return value.kind === 'identifier' ? value.text : '';
  if (field.type === FieldType.BOOL) return scalar === 1n ? 'true' : 'false';
  if (field.type === FieldType.BYTES) return escapedBytes(String(scalar));
  if (field.type === FieldType.STRING) return textOfBytes(String(scalar)) ?? '';
  if (field.type === FieldType.FLOAT) return floatText(Math.fround(Number(scalar)), 6, 9, Math.fround);
  if (field.type === FieldType.DOUBLE) return floatText(Number(scalar), 15, 17, (number) => number);
  return String(scalar);
}

const ESCAPES: Readonly<Record<string, string>> = {
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '"': '\\"',
  "'": "\\'",
  '\\': '\\\\',
};

function escapedBytes(bytes: string): string {
  return bytes.replace(/[^]/g, (char) => {
    const code = char.charCodeAt(0);
    const isPlain = code >= 0x20 && code < 0x7f;
    return ESCAPES[char] ?? (isPlain ? char : `\\${code.toString(8).padStart(3, '0')}`);
  });
}

/** With `few` digits when they are enough to get the number back, else with `many`. */
function floatText(value: number, few: number, many: number, round: (value: number) => number): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  const short = shortestText(value, few);
  return round(Number(short)) === value ? short : shortestText(value, many);
}

/** `%.{digits}g` of C. */
function shortestText(value: number, digits: number): string {
  if (value === 0) return Object.is(value, -0) ? '-0' : '0';
  const [mantissa = '', exponentText = '0'] = value.toExponential(digits - 1).split('e');
  const exponent = Number(exponentText);
  if (exponent >= -4 && exponent < digits) return withoutZeros(value.toFixed(digits - 1 - exponent));
  const sign = exponent < 0 ? '-' : '+';
  return `${withoutZeros(mantissa)}e${sign}${String(Math.abs(exponent)).padStart(2, '0')}`;
}

function withoutZeros(text: string): string {
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}
