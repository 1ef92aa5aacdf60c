import type { SimulationReport } from '../src/simulation/simulate.ts';

/** What runs came to; goes from one process to another as it is. */
export interface SimTotals {
  seeds: number;
  failed: number;
  virtualMs: number;
  steps: number;
  operations: number;
  cpuMs: number;
  /** How often each fault has struck. */
  struck: Record<string, number>;
}

export function noTotals(): SimTotals {
  return { seeds: 0, failed: 0, virtualMs: 0, steps: 0, operations: 0, cpuMs: 0, struck: {} };
}

export function addReport(totals: SimTotals, report: SimulationReport, cpuMs: number): void {
  addTotals(totals, {
    seeds: 1,
    failed: report.problems.length > 0 ? 1 : 0,
    virtualMs: report.virtualMs,
    steps: report.steps,
    operations: report.operations,
    cpuMs,
    struck: Object.fromEntries(report.faults),
  });
}

export function addTotals(totals: SimTotals, more: Readonly<SimTotals>): void {
  totals.seeds += more.seeds;
  totals.failed += more.failed;
  totals.virtualMs += more.virtualMs;
  totals.steps += more.steps;
  totals.operations += more.operations;
  totals.cpuMs += more.cpuMs;
  for (const [fault, count] of Object.entries(more.struck)) {
    totals.struck[fault] = (totals.struck[fault] ?? 0) + count;
  }
}

export function describeTotals(totals: Readonly<SimTotals>, from: number, elapsedMs: number): string {
  const { seeds, failed, virtualMs, steps, operations, cpuMs, struck } = totals;
  const cpuPerSeed = seeds === 0 ? 0 : Math.round(cpuMs / seeds);
  return [
    `${seeds} seeds from ${from}, ${failed} failed, in ${(elapsedMs / 1000).toFixed(1)} s, ${cpuPerSeed} ms of CPU each`,
    `${(virtualMs / 3_600_000).toFixed(2)} simulated hours, ${steps} steps, ${operations} operations judged`,
    ...Object.keys(struck)
      .toSorted()
      .map((fault) => `  ${fault}: ${struck[fault]}`),
  ].join('\n');
}
