import { loadavg } from 'node:os';
import type { RoundResult, RoundsResult } from './run-rounds.ts';

const MAX_PROBLEMS_SHOWN = 20;
const header = ['', 'rounds', 'lost', 'doubled', 'reordered', 'median', 'p90', 'max'];

/** What came of it by kind of disaster, and the verdict in one line. */
export function reportLines(name: string, result: RoundsResult): string[] {
  const kinds = [...Map.groupBy(result.rounds, (round) => round.name)];
  const kills = result.rounds.filter(
    (round) => round.name.startsWith('kill -9 of a leader') || isOneKill(round),
  );
  const rows = [
    ...kinds.map(([kind, rounds]) => rowOf(kind, rounds)),
    ...(kills.length > 0 ? [rowOf('all kills of one node', kills)] : []),
    rowOf('all', result.rounds),
  ];
  const { acknowledged, read, problems, unwantedEnds } = result;
  return [
    `${name}: ${acknowledged} acknowledged, ${read} read; ms without an acknowledgement in a partition:`,
    ...tableOf([header, ...rows]).map((line) => `  ${line}`),
    ...(unwantedEnds > 0
      ? [`  nodes have ended by themselves ${unwantedEnds} times, and were started again`]
      : []),
    ...problems.slice(0, MAX_PROBLEMS_SHOWN).map((problem) => `  ${problem}`),
    `${name}: ${verdictOf(result)} (load of the machine ${loadavg()[0]!.toFixed(1)})`,
  ];
}

export function verdictOf({ rounds, problems }: RoundsResult): string {
  const rest = `in ${rounds.length} rounds`;
  return problems.length === 0
    ? `nothing lost, doubled or reordered ${rest}`
    : `${problems.length} PROBLEMS ${rest}`;
}

function isOneKill({ name }: RoundResult): boolean {
  return name.startsWith('kill -9 of the');
}

function rowOf(name: string, rounds: readonly RoundResult[]): string[] {
  const times = rounds.map(({ leaderlessMs }) => leaderlessMs);
  const sum = (count: (round: RoundResult) => number): number =>
    rounds.reduce((total, round) => total + count(round), 0);
  return [
    name,
    rounds.length,
    sum(({ lost }) => lost),
    sum(({ duplicated }) => duplicated),
    sum(({ reordered }) => reordered),
    quantile(times, 0.5).toFixed(0),
    quantile(times, 0.9).toFixed(0),
    Math.max(0, ...times).toFixed(0),
  ].map(String);
}

/** The smallest value that is not less than the share of them; 0 of none. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((left, right) => left - right);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
}

function tableOf(rows: readonly (readonly string[])[]): string[] {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows.map((row) =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[0]!) : cell.padStart(widths[column]!)))
      .join('  '),
  );
}
