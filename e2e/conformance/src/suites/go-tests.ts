import type { Outcome } from '../report/outcome.ts';
import { runProgram } from './run-program.ts';

export interface GoTestRun {
  /** A test program and what stands before its flags: `['go', 'test', './sasl']`, or one that was built before. */
  readonly command: readonly [string, ...string[]];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  /** Names at the top; without them, all of the program's tests are run. */
  readonly tests?: readonly string[];
  /** What never runs, as the test program's flag `skip` has it. */
  readonly except?: string;
  readonly timeoutMs: number;
}

/** Runs tests written in Go. A test that was asked for and of which nothing is said has failed. */
export async function runGoTests(run: GoTestRun): Promise<readonly Outcome[]> {
  const { command, cwd, env, tests, except, timeoutMs } = run;
  const [program, ...first] = command;
  const flags = ['-test.v', '-test.count=1', '-test.timeout', `${timeoutMs / 1000 - 60}s`];
  const chosen = tests === undefined ? [] : ['-test.run', `^(${tests.join('|')})$`];
  const left = except === undefined ? [] : ['-test.skip', except];
  const { status, output } = await runProgram(program, [...first, ...flags, ...chosen, ...left], {
    cwd,
    env,
    timeoutMs,
  });
  const outcomes = readOutcomes(output);
  const reported = new Set(outcomes.map(({ test }) => test));
  const begun = [...output.matchAll(/^=== RUN {3}(\S+)$/gm)].map((match) => match[1]!);
  const lost = new Set([...(tests ?? []), ...begun].filter((test) => !reported.has(test)));
  if (reported.size + lost.size === 0) lost.add(command.join(' '));
  const detail = `the program ended with ${status} before it said so:\n${output.slice(-2000)}`;
  return [...outcomes, ...[...lost].map((test) => ({ test, status: 'failed', detail }) as const)];
}

/** `--- FAIL: TestIssue325 (0.52s)`, for subtests indented; what a test said stands before its line or behind it. */
function readOutcomes(output: string): Outcome[] {
  const statuses = { PASS: 'passed', FAIL: 'failed', SKIP: 'skipped' } as const;
  const pieces = output.split(/^(?= *--- (?:PASS|FAIL|SKIP): )/m);
  return pieces.flatMap((piece, index) => {
    const match = /^ *--- (PASS|FAIL|SKIP): (\S+)/.exec(piece);
    if (match === null) return [];
    const status = statuses[match[1] as keyof typeof statuses];
    const [before, behind] = [pieces[index - 1] ?? '', piece].map((text) => saidByTests(text).slice(-3));
    return [
      {
        test: match[2]!,
        status,
        ...(status === 'passed' ? {} : { detail: [...before!, ...behind!].join('\n') }),
      },
    ];
  });
}

function saidByTests(text: string): string[] {
  return text.split('\n').filter((line) => /_test\.go:\d+: /.test(line));
}
