import { verdictOf, type BenchRow } from './bench-suite.ts';

const header = ['metric', 'figure', 'against', 'ratio', 'target', ''];

export function formatTable(rows: readonly BenchRow[]): string {
  const cells = [header, ...rows.map(rowCells)];
  const widths = header.map((_, column) => Math.max(...cells.map((row) => row[column]!.length)));
  return cells
    .map((row) =>
      row
        .map((cell, column) => pad(cell, widths[column]!, column))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** One row by itself, as a line. */
export function formatRow(row: BenchRow): string {
  const [metric, value, peer, ratio, target, verdict] = rowCells(row) as [string, ...string[]];
  const against = peer === '' ? '' : `${ratio} of ${peer}`;
  return [`${metric}:`, value, against, target, verdict].filter((cell) => cell !== '').join('  ');
}

function rowCells(row: BenchRow): string[] {
  const target =
    row.target === undefined
      ? ''
      : row.ratio === undefined
        ? `<= ${figure(row.target)}`
        : `>= ${row.target}x`;
  const ratio = row.ratio === undefined ? '' : `${row.ratio.toFixed(2)}x`;
  const verdict = { reached: 'reached', missed: 'MISSED', none: '' }[verdictOf(row)];
  return [row.metric, `${figure(row.value)} ${row.unit}`, row.peer ?? '', ratio, target, verdict];
}

function figure(value: number): string {
  if (Math.abs(value) >= 100) return Math.round(value).toLocaleString('en-US');
  return value.toPrecision(3);
}

function pad(cell: string, width: number, column: number): string {
  return column === 0 || column === 2 || column === 5 ? cell.padEnd(width) : cell.padStart(width);
}
