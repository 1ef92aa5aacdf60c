import type { Verdict } from './judge.ts';

const LINES_OF_DETAIL = 4;

/** Failures with the beginning of what the suite said, then one line of figures. */
export function printVerdict(title: string, verdict: Verdict, print: (line: string) => void): void {
  for (const { outcome, reason } of verdict.known) print(`known   ${outcome.test}: ${reason}`);
  for (const { test, detail = '' } of verdict.unexpected) {
    print(`FAILED  ${test}`);
    for (const line of detail.split('\n').slice(0, LINES_OF_DETAIL)) print(`          ${line}`);
  }
  for (const { test } of verdict.outdated) print(`passes  ${test}: take it from the list of known failures`);
  const failed = verdict.known.length + verdict.unexpected.length;
  print(
    `${title}: ${verdict.passed} passed, ${failed} failed (${verdict.known.length} known), ${verdict.skipped} skipped`,
  );
}
