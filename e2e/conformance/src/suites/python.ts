import { join } from 'node:path';
import { pythonFailures } from '../known/python.ts';
import type { Outcome } from '../report/outcome.ts';
import { runProgram } from './run-program.ts';
import { plainNode } from './plain-node.ts';
import type { Suite } from './suite.ts';

/** Debian's packages install for this interpreter, whichever else stands first in PATH. */
const interpreter = '/usr/bin/python3';
const folder = join(import.meta.dirname, '../../python');
const scripts = [
  {
    name: 'confluent-kafka',
    module: 'confluent_kafka',
    file: 'confluent-checks.py',
    debian: 'python3-confluent-kafka',
  },
  { name: 'kafka-python', module: 'kafka', file: 'kafka-python-checks.py', debian: 'python3-kafka' },
] as const;

/** Scripts of ours that use every part of the two Python clients: producer, consumer, admin, transactions. */
export const python: Suite = {
  name: 'python',
  knownFailures: pythonFailures,
  requirements: () => plainNode(),
  async run({ node, only }) {
    const outcomes: Outcome[] = [];
    for (const script of scripts) {
      if (only.length > 0 && !only.some((word) => script.name.includes(word))) continue;
      outcomes.push(...(await runScript(script, node.bootstrapServers)));
    }
    return outcomes;
  },
};

async function runScript(
  { name, module, file, debian }: (typeof scripts)[number],
  bootstrapServers: string,
): Promise<readonly Outcome[]> {
  const { status } = await runProgram(interpreter, ['-c', `import ${module}`]).catch(() => ({ status: 1 }));
  if (status !== 0) return [{ test: name, status: 'skipped', detail: `not installed (Debian: ${debian})` }];
  const parameters = ['-B', join(folder, file), bootstrapServers];
  const result = await runProgram(interpreter, parameters, { timeoutMs: 1_200_000 });
  const outcomes = result.output
    .split('\n')
    .filter((line) => line.startsWith('{"name"'))
    .map((line) => JSON.parse(line) as Omit<Outcome, 'test'> & { readonly name: string })
    .map(({ name: test, ...rest }): Outcome => ({ test: `${name} ${test}`, ...rest }));
  if (result.status === 0) return outcomes;
  const detail = result.output.slice(-1500);
  return [...outcomes, { test: `${name} runs to its end`, status: 'failed', detail }];
}
