import type { JsonValue } from '../../../json-text/json-node.ts';
import type { DifferenceType } from '../difference.ts';

/** One change of a schema, and whether data written with the old one can be read with the new one. */
export interface CompatibilityCase {
  readonly change: string;
  readonly from: JsonValue;
  readonly to: JsonValue;
  /** `lenient`: under that policy only. */
  readonly verdict: 'compatible' | 'lenient' | 'incompatible';
  /** Everything that is found, compatible or not. */
  readonly differences: readonly DifferenceType[];
}

type MakeCase = (
  change: string,
  from: JsonValue,
  to: JsonValue,
  ...differences: DifferenceType[]
) => CompatibilityCase;

/** Old data stays readable. */
export const compatible: MakeCase = (change, from, to, ...differences) => ({
  change,
  from,
  to,
  verdict: 'compatible',
  differences,
});

/** Old data may become unreadable. */
export const incompatible: MakeCase = (change, from, to, ...differences) => ({
  change,
  from,
  to,
  verdict: 'incompatible',
  differences,
});

/** Old data may become unreadable in a way that the policy LENIENT takes as a risk. */
export const lenient: MakeCase = (change, from, to, ...differences) => ({
  change,
  from,
  to,
  verdict: 'lenient',
  differences,
});
