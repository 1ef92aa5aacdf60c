import type { Difference } from './differences.ts';
import { isEqual, type Verdict } from './judge.ts';

/** One line per script, and below it what somebody has to look at. */
export function formatVerdict(verdict: Verdict): string {
  const { script, steps, expected, unexpected, stale, failure } = verdict;
  const known = expected.length === 0 ? '' : `, ${expected.length} known differences`;
  const lines = [`${isEqual(verdict) ? 'equal ' : 'DIFFER'}  ${script}: ${steps} answers${known}`];
  if (failure !== undefined) lines.push(`  the script failed ${failure}`);
  for (const difference of unexpected) lines.push(...formatDifference(difference));
  for (const { step, field } of stale)
    lines.push(`  no longer different, take it off the list: ${step}: ${field}`);
  return lines.join('\n');
}

export function formatSummary(verdicts: readonly Verdict[]): string {
  const equal = verdicts.filter(isEqual).length;
  const answers = verdicts.reduce((sum, { steps }) => sum + steps, 0);
  const known = verdicts.reduce((sum, { expected }) => sum + expected.length, 0);
  return `${equal} of ${verdicts.length} scripts equal, ${answers} answers compared, ${known} known differences`;
}

function formatDifference({ step, field, kafka, millrace }: Difference): string[] {
  return [
    `  ${step}: ${field === '' ? '(whole answer)' : field}`,
    `    Apache Kafka  ${shown(kafka)}`,
    `    Millrace      ${shown(millrace)}`,
  ];
}

function shown(value: unknown): string {
  const text = value === undefined ? '(nothing)' : JSON.stringify(value);
  return text.length <= 400 ? text : `${text.slice(0, 400)}… (${text.length} characters)`;
}
