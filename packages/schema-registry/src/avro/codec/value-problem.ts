import { pointerSegment } from '../../json-text/json-pointer.ts';
import { branchName, type AvroType, type AvroUnion } from '../model/avro-type.ts';
import type { AvroCodecSettings } from './codec-options.ts';
import { logicalForms } from './logical-forms.ts';

/** What does not fit, and where: a JSON pointer into the value. */
export interface ValueProblem {
  readonly problem: string;
  readonly path: string;
}

/** Values inside each other that are looked at; what is deeper is taken for a circle. */
const MAX_DEPTH = 1000;
/** Values that are looked at in all. Unions of records within unions of records can ask for any number of them. */
const MAX_STEPS = 1_000_000;

/** Why a value cannot be written with a schema; undefined when it can. Slow and exact: for errors and for choices. */
export function valueProblem(
  type: AvroType,
  value: unknown,
  settings: AvroCodecSettings,
): ValueProblem | undefined {
  return new ValueCheck(settings).problem(type, value, '', 0);
}

class ValueCheck {
  readonly #settings: AvroCodecSettings;
  #steps = 0;

  constructor(settings: AvroCodecSettings) {
    this.#settings = settings;
  }

  problem(type: AvroType, value: unknown, path: string, depth: number): ValueProblem | undefined {
    this.#steps += 1;
    if (depth > MAX_DEPTH || this.#steps > MAX_STEPS) {
      return { problem: 'The value is nested too deeply, or holds itself', path: `${path.slice(0, 100)}...` };
    }
    const form = this.#settings.logicalTypes ? logicalForms(type) : undefined;
    const raw = form === undefined || value === undefined ? value : form.toRaw(value);
    if (raw === undefined && value !== undefined) {
      return misfit(`A value of logical type ${type.logical?.name}`, value, path);
    }
    switch (type.kind) {
      case 'array':
        if (!Array.isArray(raw)) return misfit('An array', value, path);
        return first(raw.entries(), ([index, item]) =>
          this.problem(type.items, item, `${path}/${index}`, depth + 1),
        );
      case 'map':
        if (!isObject(raw)) return misfit('An object or a Map', value, path);
        return first(raw instanceof Map ? raw : Object.entries(raw), ([key, item]) =>
          this.problem(type.values, item, `${path}/${pointerSegment(String(key))}`, depth + 1),
        );
      case 'record':
        if (!isObject(raw)) return misfit(`An object of ${type.name.full}`, value, path);
        return first(type.fields, (field) => {
          const member = (raw as Record<string, unknown>)[field.name];
          return this.problem(field.type, member, `${path}/${pointerSegment(field.name)}`, depth + 1);
        });
      case 'union':
        return this.#union(type, raw, path, depth);
      case 'null':
      case 'boolean':
      case 'int':
      case 'long':
      case 'float':
      case 'double':
      case 'string':
      case 'bytes':
      case 'fixed':
      case 'enum': {
        const wanted = scalarWish(type, raw);
        return wanted === undefined ? undefined : misfit(wanted, value, path);
      }
    }
  }

  #union(type: AvroUnion, value: unknown, path: string, depth: number): ValueProblem | undefined {
    const wrapped = wrappedBranch(type, value);
    if (this.#settings.unions === 'wrapped') {
      const hasNull = type.branches.some(({ kind }) => kind === 'null');
      if (hasNull && (value === null || value === undefined)) return undefined;
      if (wrapped === undefined)
        return misfit(unionWish(type, ' as an object with the name of the branch'), value, path);
    }
    if (wrapped !== undefined) {
      const inner = `${path}/${pointerSegment(wrapped.name)}`;
      const problem = this.problem(wrapped.branch, wrapped.inner, inner, depth + 1);
      if (problem === undefined || this.#settings.unions === 'wrapped') return problem;
    }
    // Of one branch beside null, what does not fit says more than that none fits.
    const candidates = type.branches.filter(
      ({ kind }) => (kind === 'null') === (value === null || value === undefined),
    );
    if (candidates.length === 1) return this.problem(candidates[0] as AvroType, value, path, depth + 1);
    const fits = candidates.some((branch) => this.problem(branch, value, path, depth + 1) === undefined);
    return fits ? undefined : misfit(unionWish(type, ''), value, path);
  }
}

/** What a scalar should have been; undefined when it is that. */
function scalarWish(type: AvroType, raw: unknown): string | undefined {
  switch (type.kind) {
    case 'null':
      return raw === null || raw === undefined ? undefined : 'null';
    case 'boolean':
      return typeof raw === 'boolean' ? undefined : 'true or false';
    case 'int':
      return typeof raw === 'number' && (raw | 0) === raw ? undefined : 'A whole number of 32 bits';
    case 'long':
      return isLong(raw) ? undefined : 'A whole number of 64 bits (a bigint beyond 2^53)';
    case 'float':
    case 'double':
      return typeof raw === 'number' ? undefined : 'A number';
    case 'string':
      return typeof raw === 'string' ? undefined : 'A string';
    case 'bytes':
      return raw instanceof Uint8Array ? undefined : 'A Buffer or Uint8Array';
    case 'fixed':
      return raw instanceof Uint8Array && raw.length === type.sizeBytes
        ? undefined
        : `A Buffer or Uint8Array of ${type.sizeBytes} bytes`;
    case 'enum':
      return type.symbols.includes(raw as string) ? undefined : `A symbol of ${type.name.full}`;
    case 'array':
    case 'map':
    case 'record':
    case 'union':
      return undefined;
  }
}

function misfit(wanted: string, value: unknown, path: string): ValueProblem {
  return { problem: `${wanted} is wanted, not ${describe(value)}`, path };
}

function unionWish(type: AvroUnion, form: string): string {
  return `A value of one of ${type.branches.map(branchName).join(', ')}${form}`;
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
