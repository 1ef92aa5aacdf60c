/**
 * `npm run bench [-- word ...] [-- --output json]`: runs every suite whose path contains one of the words, each in a
 * process of its own so that none inherits another's heap or compiled code. What takes minutes is called
 * `<topic>-large.bench.ts` and runs only where a word is part of that name.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import { verdictOf, type BenchRow, type BenchSuite } from './bench-suite.ts';
import { formatRow, formatTable } from './format-table.ts';
import { sleepLateness } from './sleep-lateness.ts';

const root = resolve(import.meta.dirname, '../../..');
const parameters = process.argv.slice(2);

if (parameters[0] === '--suite') await runSuite(parameters[1]!);
else await runAll(parameters);

/** In the child: rows go to standard output as JSON lines. */
async function runSuite(path: string): Promise<void> {
  const { suite } = (await import(pathToFileURL(path).href)) as { suite: BenchSuite };
  await suite.run((row) => process.stdout.write(`${JSON.stringify(row)}\n`));
}

async function runAll(words: readonly string[]): Promise<void> {
  const json = words.join(' ').includes('--output json');
  const wanted = words.filter((word) => !word.startsWith('--') && word !== 'json');
  const suites = findSuites().filter((path) => isWanted(path, wanted));
  if (suites.length === 0) {
    process.stderr.write(
      `No benchmark matches "${wanted.join(' ')}". There are:\n${findSuites().join('\n')}\n`,
    );
    process.exitCode = 2;
    return;
  }
  if (!json) process.stdout.write(`${machine()}\n${sleepLateness()}\n`);
  const failed: string[] = [];
  for (const path of suites) {
    if (!(await runInChild(path, json))) failed.push(path);
  }
  if (failed.length > 0) {
    process.stderr.write(`Failed: ${failed.join(', ')}\n`);
    process.exitCode = 1;
  }
}

function isWanted(path: string, words: readonly string[]): boolean {
  if (path.endsWith('-large.bench.ts')) return words.some((word) => basename(path).includes(word));
  return words.length === 0 || words.some((word) => path.includes(word));
}

/** Whoever waits minutes for a table sees on standard error what is known already. */
async function runInChild(path: string, json: boolean): Promise<boolean> {
  const flags = [
    '--conditions=@millrace/source',
    '--expose-gc',
    import.meta.filename,
    '--suite',
    join(root, path),
  ];
  const child = spawn(process.execPath, flags, { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'close');
  const rows: BenchRow[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    if (!line.startsWith('{')) continue;
    const row = JSON.parse(line) as BenchRow;
    rows.push(row);
    process.stderr.write(`${formatRow(row)}\n`);
  }
  const [status] = (await ended) as [number | null];
  if (json) process.stdout.write(`${JSON.stringify({ suite: path, rows, missed: missed(rows) })}\n`);
  else process.stdout.write(`\n${path}\n${formatTable(rows)}\n`);
  return status === 0 && rows.length > 0;
}

function missed(rows: readonly BenchRow[]): string[] {
  return rows.filter((row) => verdictOf(row) === 'missed').map((row) => row.metric);
}

function findSuites(): string[] {
  return readdirSync(join(root, 'packages')).flatMap((name) => {
    const folder = join('packages', name, 'bench');
    return list(join(root, folder))
      .filter((file) => file.endsWith('.bench.ts'))
      .map((file) => join(folder, file));
  });
}

function list(folder: string): string[] {
  try {
    return readdirSync(folder).toSorted();
  } catch {
    return [];
  }
}

function machine(): string {
  const gibibytes = Math.round(totalmem() / 2 ** 30);
  return `Node ${process.versions.node}, ${cpus().length} x ${cpus()[0]?.model ?? 'cpu'}, ${gibibytes} GiB, ${process.platform}`;
}
