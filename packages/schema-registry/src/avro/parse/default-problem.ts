import type { JsonNode } from '../../json-text/json-node.ts';
import type { AvroRecord, AvroType } from '../model/avro-type.ts';

const MAX_INT = 2 ** 31 - 1;
const MIN_INT = -(2 ** 31);
const MAX_LONG = 2n ** 63n - 1n;
const MIN_LONG = -(2n ** 63n);
const MAX_LONG_CHARACTERS = 20;
const MAX_BYTE = 255;

/**
 * Why a value cannot be the default of a field of that type; undefined when it can. The default of a union may be of any
 * branch, as since Avro 1.12; before, it had to be of the first.
 */
export function defaultProblem(type: AvroType, value: JsonNode): string | undefined {
  switch (type.kind) {
    case 'null':
      return value.kind === 'literal' && value.value === null ? undefined : 'null is wanted';
    case 'boolean':
      return value.kind === 'literal' && value.value !== null ? undefined : 'true or false is wanted';
    case 'int':
      return isWhole(value, BigInt(MIN_INT), BigInt(MAX_INT))
        ? undefined
        : 'a whole number of 32 bits is wanted';
    case 'long':
      return isWhole(value, MIN_LONG, MAX_LONG) ? undefined : 'a whole number of 64 bits is wanted';
    case 'float':
    case 'double':
      return value.kind === 'number' ? undefined : 'a number is wanted';
    case 'string':
      return value.kind === 'string' ? undefined : 'a string is wanted';
    case 'bytes':
      return isBytes(value) ? undefined : 'a string of characters up to \\u00ff is wanted, one per byte';
    case 'fixed':
      return isBytes(value) && value.value.length === type.sizeBytes
        ? undefined
        : `a string of ${type.sizeBytes} characters up to \\u00ff is wanted, one per byte`;
    case 'enum':
      return value.kind === 'string' && type.symbols.includes(value.value)
        ? undefined
        : `a symbol of ${type.name.full} is wanted`;
    case 'array':
      if (value.kind !== 'array') return 'an array is wanted';
      return first(value.items.entries(), ([index, item]) =>
        inside(`/${index}`, defaultProblem(type.items, item)),
      );
    case 'map':
      if (value.kind !== 'object') return 'an object is wanted';
      return first(value.members, ([key, item]) => inside(`/${key}`, defaultProblem(type.values, item)));
    case 'record':
      return recordProblem(type, value);
    case 'union':
      return type.branches.some((branch) => defaultProblem(branch, value) === undefined)
        ? undefined
        : 'it is of no branch of the union';
  }
}

function recordProblem(type: AvroRecord, value: JsonNode): string | undefined {
  if (value.kind !== 'object') return 'an object is wanted';
  return first(type.fields, (field) => {
    const member = value.members.get(field.name);
    if (member !== undefined) return inside(`/${field.name}`, defaultProblem(field.type, member));
    return field.defaultValue === undefined ? `field "${field.name}" is missing` : undefined;
  });
}

function isWhole(value: JsonNode, min: bigint, max: bigint): boolean {
  // The length goes first: turning a million digits into a number takes a while.
  if (value.kind !== 'number' || value.lexeme.length > MAX_LONG_CHARACTERS) return false;
  if (!/^-?\d+$/.test(value.lexeme)) return false;
  const number = BigInt(value.lexeme);
  return number >= min && number <= max;
}

function isBytes(value: JsonNode): value is JsonNode & { kind: 'string' } {
  if (value.kind !== 'string') return false;
  for (let index = 0; index < value.value.length; index += 1) {
    if (value.value.charCodeAt(index) > MAX_BYTE) return false;
  }
  return true;
}

function inside(path: string, problem: string | undefined): string | undefined {
  return problem === undefined ? undefined : `${problem} at ${path}`;
}

function first<T>(items: Iterable<T>, problemOf: (item: T) => string | undefined): string | undefined {
  for (const item of items) {
    const problem = problemOf(item);
    if (problem !== undefined) return problem;
  }
  return undefined;
}
