import type { JsonNode } from '../../json-text/json-node.ts';
import { printJson } from '../../json-text/json-printer.ts';

/** Below and above these, Java writes a number with an exponent. */
const LEAST_PLAIN = 1e-3;
const FIRST_WITH_EXPONENT = 1e7;

/** A value within a schema as the Java library prints it: members as they come, or sorted by name. */
export function jsonText(node: JsonNode, order: 'text' | 'name'): string {
  switch (node.kind) {
    case 'number':
      return numberText(node.lexeme);
    case 'array':
      return `[${node.items.map((item) => jsonText(item, order)).join(',')}]`;
    case 'object': {
      const members = [...node.members];
      if (order === 'name') members.sort(([a], [b]) => byCodeUnits(a, b));
      return `{${members.map(([name, value]) => `${quoted(name)}:${jsonText(value, order)}`).join(',')}}`;
    }
    case 'string':
    case 'literal':
      return printJson(node, order);
  }
}

/** A string in quotes, with the escapes that Java writes. */
export function quoted(value: string): string {
  return printJson({ kind: 'string', value, offset: 0 }, 'text');
}

/** The order of Java strings, independent of the locale. */
export function byCodeUnits(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** Whole numbers keep their digits; others become a double, as the Java parser makes of them. */
function numberText(lexeme: string): string {
  if (!/[.eE]/.test(lexeme)) return lexeme === '-0' ? '0' : lexeme;
  return doubleText(Number(lexeme));
}

/** A double as `Double.toString` of Java prints it: always with a point, from 10^7 and below 10^-3 with an exponent. */
export function doubleText(value: number): string {
  if (value === 0) return Object.is(value, -0) ? '-0.0' : '0.0';
  const size = Math.abs(value);
  // Java prints these as words in quotes.
  if (!Number.isFinite(value)) return value > 0 ? '"Infinity"' : '"-Infinity"';
  if (size >= LEAST_PLAIN && size < FIRST_WITH_EXPONENT) {
    const text = String(value);
    return text.includes('.') ? text : `${text}.0`;
  }
  const [mantissa = '', exponent = ''] = value.toExponential().split('e');
  return `${mantissa.includes('.') ? mantissa : `${mantissa}.0`}E${exponent.replace('+', '')}`;
}
