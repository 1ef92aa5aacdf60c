import { pointerSegment } from '../../json-schema/text/json-pointer.ts';
import { branchName, type AvroRecord, type AvroType, type AvroUnion } from '../model/avro-type.ts';
import type { AvroCodecSettings } from './codec-options.ts';
import { logicalForms } from './logical-forms.ts';

/** What does not fit, and where: a JSON pointer into the value. */
export interface ValueProblem {
  readonly problem: string;
  readonly path: string;
}

/** Values inside each other that are looked at; what is deeper is taken for a circle. */
const MAX_DEPTH = 1000;

/** Why a value cannot be written with a schema; undefined when it can. Slow and exact: for errors and for choices. */
export function valueProblem(
  type: AvroType,
  value: unknown,
  settings: AvroCodecSettings,
  path = '',
): ValueProblem | undefined {
  if (path.length > 0 && path.split('/', MAX_DEPTH + 1).length > MAX_DEPTH) {
    return { problem: 'The value is nested too deeply, or holds itself', path: `${path.slice(0, 100)}...` };
  }
  const form = settings.logicalTypes ? logicalForms(type) : undefined;
  const raw = form === undefined || value === undefined ? value : form.toRaw(value);
  const misfit = (wanted: string) => ({ problem: `${wanted} is wanted, not ${describe(value)}`, path });
  if (raw === undefined && value !== undefined && form !== undefined) {
    return misfit(`A value of logical type ${type.logical?.name}`);
  }
  switch (type.kind) {
    case 'null':
      return raw === null || raw === undefined ? undefined : misfit('null');
    case 'boolean':
      return typeof raw === 'boolean' ? undefined : misfit('true or false');
    case 'int':
      return typeof raw === 'number' && (raw | 0) === raw ? undefined : misfit('A whole number of 32 bits');
    case 'long':
      return isLong(raw) ? undefined : misfit('A whole number of 64 bits (a bigint beyond 2^53)');
    case 'float':
    case 'double':
      return typeof raw === 'number' ? undefined : misfit('A number');
    case 'string':
      return typeof raw === 'string' ? undefined : misfit('A string');
    case 'bytes':
      return raw instanceof Uint8Array ? undefined : misfit('A Buffer or Uint8Array');
    case 'fixed':
      return raw instanceof Uint8Array && raw.length === type.sizeBytes
        ? undefined
        : misfit(`A Buffer or Uint8Array of ${type.sizeBytes} bytes`);
    case 'enum':
      return type.symbols.includes(raw as string) ? undefined : misfit(`A symbol of ${type.name.full}`);
    case 'array':
      if (!Array.isArray(raw)) return misfit('An array');
      return first(raw.entries(), ([index, item]) =>
        valueProblem(type.items, item, settings, `${path}/${index}`),
      );
    case 'map':
      if (!isObject(raw)) return misfit('An object or a Map');
      return first(raw instanceof Map ? raw : Object.entries(raw), ([key, item]) =>
        valueProblem(type.values, item, settings, `${path}/${pointerSegment(String(key))}`),
      );
    case 'record':
      return isObject(raw)
        ? recordProblem(type, raw, settings, path)
        : misfit(`An object of ${type.name.full}`);
    case 'union':
      return unionProblem(type, raw, settings, path);
  }
}

function recordProblem(
  type: AvroRecord,
  value: object,
  settings: AvroCodecSettings,
  path: string,
): ValueProblem | undefined {
  return first(type.fields, (field) => {
    const member = (value as Record<string, unknown>)[field.name];
    return valueProblem(field.type, member, settings, `${path}/${pointerSegment(field.name)}`);
  });
}

function unionProblem(
  type: AvroUnion,
  value: unknown,
  settings: AvroCodecSettings,
  path: string,
): ValueProblem | undefined {
  const isNatural = settings.unions === 'natural';
  if (isNatural || value === null || value === undefined) {
    const fits = type.branches.some(
      (branch) =>
        (isNatural || branch.kind === 'null') && valueProblem(branch, value, settings, path) === undefined,
    );
    if (fits) return undefined;
  }
  const wrapped = wrappedBranch(type, value);
  if (wrapped !== undefined) {
    const { branch, inner, name } = wrapped;
    return valueProblem(branch, inner, settings, `${path}/${pointerSegment(name)}`);
  }
  // With one branch beside null, what does not fit that one says more than that none fits.
  const others = type.branches.filter(({ kind }) => kind !== 'null');
  const only = others.length === 1 ? others[0] : undefined;
  if (isNatural && only !== undefined) return valueProblem(only, value, settings, path);
  const names = type.branches.map(branchName).join(', ');
  const form = isNatural ? '' : ' as an object with the name of the branch';
  return { problem: `A value of one of ${names}${form} is wanted, not ${describe(value)}`, path };
}

/** The branch that `{ name: value }` names. */
export function wrappedBranch(
  type: AvroUnion,
  value: unknown,
): { branch: AvroType; inner: unknown; index: number; name: string } | undefined {
  if (!isObject(value)) return undefined;
  const names = Object.keys(value);
  if (names.length !== 1) return undefined;
  const name = names[0] as string;
  const index = type.branches.findIndex((branch) => branchName(branch) === name);
  const branch = type.branches[index];
  if (branch === undefined) return undefined;
  return { branch, inner: (value as Record<string, unknown>)[name], index, name };
}

function isLong(value: unknown): boolean {
  if (typeof value === 'bigint') return BigInt.asIntN(64, value) === value;
  return Number.isSafeInteger(value);
}

function isObject(value: unknown): value is object {
  return (
    typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array)
  );
}

/** The kind of a value, never its content: records do not belong into logs. */
function describe(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'an array';
  if (value instanceof Uint8Array) return `${value.length} bytes`;
  if (typeof value === 'number') return Number.isInteger(value) ? 'a whole number' : 'a fraction';
  if (typeof value === 'object') return `an object (${value.constructor?.name ?? 'without prototype'})`;
  return `a ${typeof value}`;
}

function first<T>(
  items: Iterable<T>,
  problemOf: (item: T) => ValueProblem | undefined,
): ValueProblem | undefined {
  for (const item of items) {
    const problem = problemOf(item);
    if (problem !== undefined) return problem;
  }
  return undefined;
}
