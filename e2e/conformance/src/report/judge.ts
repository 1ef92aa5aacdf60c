import type { Against } from '../nodes/node.ts';
import type { KnownFailure, Outcome } from './outcome.ts';

/** A run held against the list of known failures. */
export interface Verdict {
  readonly passed: number;
  readonly skipped: number;
  readonly known: readonly { readonly outcome: Outcome; readonly reason: string }[];
  readonly unexpected: readonly Outcome[];
  /** Entries of the list that no longer fail, or name no test. */
  readonly outdated: readonly KnownFailure[];
}

export function judge(
  outcomes: readonly Outcome[],
  failures: readonly KnownFailure[],
  against: Against,
): Verdict {
  const expected = failures.filter(({ on }) => on === 'both' || on === against);
  const used = new Set<KnownFailure>();
  const known: { outcome: Outcome; reason: string }[] = [];
  const unexpected: Outcome[] = [];
  for (const outcome of outcomes) {
    if (outcome.status !== 'failed') continue;
    const entry = expected.find(({ test }) => test === outcome.test);
    if (entry === undefined) unexpected.push(outcome);
    else {
      used.add(entry);
      known.push({ outcome, reason: entry.reason });
    }
  }
  return {
    passed: outcomes.filter(({ status }) => status === 'passed').length,
    skipped: outcomes.filter(({ status }) => status === 'skipped').length,
    known,
    unexpected,
    outdated: expected.filter((entry) => entry.sometimes !== true && !used.has(entry)),
  };
}
