import type { Difference } from './differences.ts';
import type { CompareScript, KnownDifference } from './script.ts';

/** What a comparison came to. */
export interface Verdict {
  readonly script: string;
  readonly title: string;
  /** Answers compared. */
  readonly steps: number;
  readonly unexpected: readonly Difference[];
  readonly expected: readonly Difference[];
  /** Known differences that did not show up: to be taken off the list. */
  readonly stale: readonly KnownDifference[];
  /** The script itself failed. */
  readonly failure?: string;
}

export function isEqual({ unexpected, stale, failure }: Verdict): boolean {
  return unexpected.length === 0 && stale.length === 0 && failure === undefined;
}

/** Sorts differences into those that are known and the others. */
export function judge(script: CompareScript, steps: number, found: readonly Difference[]): Verdict {
  const known = script.known ?? [];
  const isKnown = (difference: Difference): boolean => known.some((entry) => covers(entry, difference));
  return {
    script: script.name,
    title: script.title,
    steps,
    unexpected: found.filter((difference) => !isKnown(difference)),
    expected: found.filter(isKnown),
    stale: known.filter(
      (entry) => entry.isByChance !== true && !found.some((difference) => covers(entry, difference)),
    ),
  };
}

function covers(known: KnownDifference, difference: Difference): boolean {
  return matches(known.step, difference.step) && matches(known.field, difference.field);
}

function matches(pattern: string, text: string): boolean {
  const parts = pattern.split('*').map((part) => part.replaceAll(/[.[\](){}+?^$|\\]/g, String.raw`\$&`));
  return new RegExp(`^${parts.join('.*')}$`).test(text);
}
