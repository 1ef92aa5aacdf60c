import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unavailable } from '@millrace/apache-kafka-peer';
import { javaFailures } from '../known/java.ts';
import type { Outcome } from '../report/outcome.ts';
import { javaChecks, type JavaCheck } from './java-checks.ts';
import { streamsProperties } from './java-streams.ts';
import { JavaTools } from './java-tools.ts';
import { plainNode } from './plain-node.ts';
import type { Suite } from './suite.ts';

/** Apache Kafka's own command line tools, of the release that `tools/apache-kafka` brings. */
export const java: Suite = {
  name: 'java',
  knownFailures: javaFailures,
  requirements: () =>
    plainNode({ 'share.coordinator.state.topic.num.partitions': '3', ...streamsProperties }),
  async run({ node, only, print }) {
    const missing = unavailable();
    const chosen = javaChecks.filter(
      (check) => only.length === 0 || only.some((word) => nameOf(check).includes(word)),
    );
    if (missing !== undefined) {
      return chosen.map((check) => ({ test: nameOf(check), status: 'skipped', detail: missing }) as const);
    }
    const folder = mkdtempSync(join(tmpdir(), 'millrace-java-'));
    const outcomes: Outcome[] = [];
    for (const check of chosen) {
      const outcome = await attempt(check, new JavaTools(node, folder));
      print(`${outcome.status === 'passed' ? 'ok     ' : 'FAILED '} ${outcome.test}`);
      outcomes.push(outcome);
    }
    rmSync(folder, { recursive: true, force: true });
    return outcomes;
  },
};

async function attempt(check: JavaCheck, tools: JavaTools): Promise<Outcome> {
  try {
    await check.run(tools);
    return { test: nameOf(check), status: 'passed' };
  } catch (error) {
    return {
      test: nameOf(check),
      status: 'failed',
      detail: error instanceof Error ? error.message : String(error),
    };
  }
}

function nameOf({ tool, title }: JavaCheck): string {
  return `${tool} ${title}`;
}
