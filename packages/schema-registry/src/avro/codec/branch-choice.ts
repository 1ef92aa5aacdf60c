import { branchName, type AvroType, type AvroUnion } from '../model/avro-type.ts';
import type { AvroCodecSettings } from './codec-options.ts';
import { logicalForms } from './logical-forms.ts';
import { valueProblem, wrappedBranch } from './value-problem.ts';

/** Added to the index of a branch whose value stands in an object with the name of the branch. */
export const WRAPPED = 0x10000;

/** The index of the branch that a value is written as, plus {@link WRAPPED} for a wrapped value; -1 when none fits. */
export type BranchChoice = (value: unknown) => number;

/** What can be told from a value at a glance. */
type Sort = 'null' | 'boolean' | 'number' | 'bigint' | 'string' | 'bytes' | 'array' | 'object';

/** Values of a sort fit branches of these kinds. */
const sortsOf: Readonly<Record<AvroType['kind'], readonly Sort[]>> = {
  null: ['null'],
  boolean: ['boolean'],
  int: ['number'],
  long: ['number', 'bigint'],
  float: ['number'],
  double: ['number'],
  string: ['string'],
  enum: ['string'],
  bytes: ['bytes'],
  fixed: ['bytes'],
  array: ['array'],
  map: ['object'],
  record: ['object'],
  union: [],
};

/** How the branch of a union is found for a value. */
export function branchChoice(union: AvroUnion, settings: AvroCodecSettings): BranchChoice {
  if (settings.unions === 'wrapped') {
    const nullIndex = union.branches.findIndex(({ kind }) => kind === 'null');
    return (value) => (value === null || value === undefined ? nullIndex : wrappedIndex(union, value));
  }
  return naturalChoice(union, settings);
}

function naturalChoice(union: AvroUnion, settings: AvroCodecSettings): BranchChoice {
  const candidates = new Map<Sort, readonly number[]>();
  for (const sort of ['null', 'boolean', 'number', 'bigint', 'string', 'bytes', 'array', 'object'] as const) {
    candidates.set(sort, candidatesOf(union, sort, settings));
  }
  const names = union.branches.map(branchName);
  return (value) => {
    const sort = sortOf(value);
    if (sort === 'object' && mayBeWrapped(value as object, names)) {
      const wrapped = wrappedBranch(union, value);
      if (wrapped !== undefined && valueProblem(wrapped.branch, wrapped.inner, settings) === undefined) {
        return wrapped.index + WRAPPED;
      }
    }
    const likely = candidates.get(sort) as readonly number[];
    // One that is likely is written, and refused there if it does not fit: faster than looking twice.
    if (likely.length === 1) return likely[0] as number;
    for (const index of likely) {
      if (valueProblem(union.branches[index] as AvroType, value, settings) === undefined) return index;
    }
    return -1;
  };
}

/** Branches in the order in which they are tried: doubles before floats, which are not exact. */
function candidatesOf(union: AvroUnion, sort: Sort, settings: AvroCodecSettings): readonly number[] {
  const fitting = [...union.branches.keys()].filter((index) => {
    const branch = union.branches[index] as AvroType;
    const isConverted = settings.logicalTypes && logicalForms(branch) !== undefined;
    return sortsOf[branch.kind].includes(sort) || (isConverted && sort !== 'null' && sort !== 'array');
  });
  const kindAt = (index: number) => (union.branches[index] as AvroType).kind;
  if (sort !== 'number') return fitting;
  return [
    ...fitting.filter((index) => kindAt(index) !== 'float'),
    ...fitting.filter((index) => kindAt(index) === 'float'),
  ];
}

function mayBeWrapped(value: object, names: readonly string[]): boolean {
  for (const name of names) if ((value as Record<string, unknown>)[name] !== undefined) return true;
  return false;
}

function wrappedIndex(union: AvroUnion, value: unknown): number {
  const wrapped = wrappedBranch(union, value);
  return wrapped === undefined ? -1 : wrapped.index + WRAPPED;
}

function sortOf(value: unknown): Sort {
  if (value === null || value === undefined) return 'null';
  if (Array.isArray(value)) return 'array';
  if (value instanceof Uint8Array) return 'bytes';
  const sort = typeof value;
  return sort === 'boolean' || sort === 'number' || sort === 'bigint' || sort === 'string' ? sort : 'object';
}
