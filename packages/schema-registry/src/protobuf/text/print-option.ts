import type { ProtoOption, ProtoOptionStep, ProtoValue, ProtoValueField } from '../syntax/proto-file.ts';
import { textOfBytes } from '../syntax/string-literal.ts';

const ESCAPES: Readonly<Record<string, string>> = {
  '\x07': '\\a',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\v': '\\v',
  '\\': '\\\\',
  "'": "\\'",
  '"': '\\"',
};

/** Every line of `text` two blanks to the right, empty lines too, as Confluent's registry prints. */
export function indented(text: string): string {
  return text
    .replace(/\n$/, '')
    .split('\n')
    .map((line) => `  ${line}\n`)
    .join('');
}

/** `option name = value;` */
export function printOptionStatement(option: ProtoOption): string {
  return `option ${printAssignment(option)};\n`;
}

/** ` [a = 1]` behind a field or value; empty when there is none. */
export function printBracketedOptions(options: readonly ProtoOption[]): string {
  const [first, ...others] = options;
  if (first === undefined) return '';
  if (others.length === 0) return ` [${printAssignment(first)}]`;
  return ` [\n${options.map((option, index) => lineOf(printAssignment(option), index, options.length)).join('')}]`;
}

function printAssignment({ name, value }: ProtoOption): string {
  return `${printName(name)} = ${printValue(value)}`;
}

/** The name of an option as it is written. */
export function printName(steps: readonly ProtoOptionStep[]): string {
  return steps.map(({ name, isExtension }) => (isExtension ? `(${name})` : name)).join('.');
}

function printValue(value: ProtoValue): string {
  switch (value.kind) {
    case 'identifier':
    case 'number':
      return value.text;
    case 'string':
      return printString(value.bytes);
    case 'list':
      return `[\n${value.values.map((item, index) => lineOf(printValue(item), index, value.values.length)).join('')}]`;
    case 'aggregate':
      return printAggregate(value.fields);
  }
}

/** A string in double quotes, from its bytes. */
export function printString(bytes: string): string {
  const text = textOfBytes(bytes);
  // Without the flag for Unicode, halves of a surrogate pair are taken one by one; neither needs an escape.
  const printed = (text ?? bytes).replace(
    /[^]/g,
    (char) => ESCAPES[char] ?? printChar(char, text === undefined),
  );
  return `"${printed}"`;
}

function printChar(char: string, isByte: boolean): string {
  const code = char.charCodeAt(0);
  const mustEscape = code < 0x20 || code === 0x7f || (isByte && code > 0x7f);
  return mustEscape ? `\\${code.toString(8).padStart(3, '0')}` : char;
}

function printAggregate(fields: readonly ProtoValueField[]): string {
  const byKey = new Map<string, ProtoValue[]>();
  for (const { name, isExtension, value } of fields) {
    const key = isExtension ? `[${name}]` : name;
    const values = byKey.get(key);
    if (values === undefined) byKey.set(key, [value]);
    else values.push(value);
  }
  const lines = [...byKey].map(([key, values], index) =>
    lineOf(`${key}: ${printValue(oneValue(values))}`, index, byKey.size),
  );
  return `{\n${lines.join('')}}`;
}

/** A field that is written several times is printed once, as a list. */
function oneValue(values: readonly ProtoValue[]): ProtoValue {
  const [first] = values;
  if (values.length === 1 && first !== undefined) return first;
  return {
    kind: 'list',
    values: values.flatMap((value) => (value.kind === 'list' ? value.values : [value])),
  };
}

function lineOf(text: string, index: number, count: number): string {
  return indented(`${text}${index < count - 1 ? ',' : ''}\n`);
}
