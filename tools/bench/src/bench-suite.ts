/**
 * What a file `packages/<name>/bench/<topic>.bench.ts` exports as `suite`. Suites repeat this shape instead of importing
 * it, so that no package depends on a tool.
 */
export interface BenchSuite {
  readonly name: string;
  run(report: (row: BenchRow) => void): Promise<void>;
}

export interface BenchRow {
  readonly metric: string;
  readonly value: number;
  readonly unit: string;
  /** What `ratio` compares with, measured in the same run. */
  readonly peer?: string;
  readonly ratio?: number;
  /** The least ratio to reach, or, in a row without ratio, the most `value` may be. */
  readonly target?: number;
}

export type Verdict = 'reached' | 'missed' | 'none';

export function verdictOf(row: BenchRow): Verdict {
  if (row.target === undefined) return 'none';
  const reached = row.ratio === undefined ? row.value <= row.target : row.ratio >= row.target;
  return reached ? 'reached' : 'missed';
}
