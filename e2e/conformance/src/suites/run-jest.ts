import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Outcome } from '../report/outcome.ts';
import { runProgram } from './run-program.ts';

export interface JestRun {
  /** A checkout with jest among its dependencies. */
  readonly folder: string;
  /** Empty, and ours to write to. */
  readonly scratch: string;
  /** What is given to jest besides how to report. */
  readonly parameters: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

interface JestReport {
  readonly testResults: readonly {
    readonly name: string;
    readonly message: string;
    readonly assertionResults: readonly {
      readonly fullName: string;
      readonly status: string;
      readonly failureMessages: readonly string[] | null;
    }[];
  }[];
}

export async function runJest({ folder, scratch, parameters, env }: JestRun): Promise<readonly Outcome[]> {
  const report = join(scratch, 'report.json');
  const program = join(folder, 'node_modules/jest/bin/jest.js');
  const reporting = ['--ci', '--no-watchman', '--forceExit', '--json', '--outputFile', report];
  const { output } = await runProgram(process.execPath, [program, ...reporting, ...parameters], {
    cwd: folder,
    timeoutMs: 3_600_000,
    env,
  });
  const { testResults } = readReport(report, output);
  return testResults.flatMap(({ name, message, assertionResults }) => {
    const file = relative(folder, name);
    if (assertionResults.length === 0) return [{ test: file, status: 'failed', detail: message } as const];
    return assertionResults.map(({ fullName, status, failureMessages }) => ({
      test: `${file}: ${fullName}`,
      status: status === 'passed' || status === 'failed' ? status : 'skipped',
      ...(status === 'failed' ? { detail: (failureMessages ?? []).join('\n') } : {}),
    }));
  });
}

function readReport(path: string, output: string): JestReport {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as JestReport;
  } catch (error) {
    throw new Error(`jest left no report:\n${output.slice(-2000)}`, { cause: error });
  }
}
