import type { Finding, FindingRule, Severity } from './verify-report.ts';

/** Findings of one kind in one file that are listed one by one; the rest is counted. */
const MAX_LISTED = 20;

/** Collects findings and keeps a file that is damaged all over from filling the report. */
export class Findings {
  readonly #list: Finding[] = [];
  readonly #counts = new Map<string, number>();

  error(rule: FindingRule, file: string, position: number, problem: string): void {
    this.#add({ severity: 'error', rule, file, position, problem });
  }

  notice(rule: FindingRule, file: string, position: number, problem: string): void {
    this.#add({ severity: 'notice', rule, file, position, problem });
  }

  add(
    severity: Severity,
    rule: FindingRule,
    place: { file: string; position: number },
    problem: string,
  ): void {
    this.#add({ severity, rule, file: place.file, position: place.position, problem });
  }

  /** Those that were listed, and for each file and rule with more than that how many there are. */
  all(): Finding[] {
    const last = new Map(this.#list.map((finding) => [keyOf(finding), finding]));
    const overflow = [...this.#counts].filter(([, count]) => count > MAX_LISTED);
    const summaries = overflow.map(([key, count]) => ({
      ...last.get(key)!,
      problem: `and ${count - MAX_LISTED} more of this kind`,
    }));
    return [...this.#list, ...summaries];
  }

  #add(finding: Finding): void {
    const key = keyOf(finding);
    const count = (this.#counts.get(key) ?? 0) + 1;
    this.#counts.set(key, count);
    if (count <= MAX_LISTED) this.#list.push(finding);
  }
}

function keyOf(finding: Finding): string {
  return `${finding.severity} ${finding.rule} ${finding.file}`;
}
