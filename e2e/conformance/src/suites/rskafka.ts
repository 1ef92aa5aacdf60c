import { freePorts } from '@millrace/free-ports';
import { rskafkaFailures } from '../known/rskafka.ts';
import type { NodeListener } from '../nodes/node.ts';
import type { Outcome } from '../report/outcome.ts';
import { runProgram } from './run-program.ts';
import type { Suite } from './suite.ts';

const PATIENCE_MS = 2_400_000;
/** Produce with or consume by a client in Java inside the test process, for which the build would fetch more. */
const WITH_JAVA = 'java';
let listeners: readonly NodeListener[] = [];

export const rskafka: Suite = {
  name: 'rskafka',
  needsCommand: 'cargo',
  needsFolder: { hint: 'a checkout of github.com/influxdata/rskafka', program: 'Cargo.toml' },
  knownFailures: rskafkaFailures,
  async requirements() {
    const [openPort = 0, saslPort = 0] = await freePorts(2);
    listeners = [
      { name: 'EXTERNAL', protocol: 'PLAINTEXT', port: openPort },
      { name: 'SECURE', protocol: 'SASL_PLAINTEXT', port: saslPort },
    ];
    return {
      listeners,
      properties: {
        'sasl.enabled.mechanisms': 'PLAIN',
        'listener.name.secure.plain.sasl.jaas.config':
          'org.apache.kafka.common.security.plain.PlainLoginModule required user_admin="admin-secret";',
        'auto.create.topics.enable': 'false',
      },
    };
  },
  async run({ folder, only }) {
    const [open, sasl] = listeners.map(({ port }) => `localhost:${port}`);
    const parameters = ['test', '--tests', '--no-fail-fast', '--', '--skip', WITH_JAVA, ...only];
    const { status, output } = await runProgram('cargo', parameters, {
      cwd: folder,
      timeoutMs: PATIENCE_MS,
      env: {
        TEST_INTEGRATION: '1',
        TEST_BROKER_IMPL: 'kafka',
        KAFKA_CONNECT: open!,
        KAFKA_SASL_CONNECT: sasl!,
      },
    });
    const outcomes = readOutcomes(output);
    if (outcomes.some((outcome) => outcome.status === 'failed') || status === 0) return outcomes;
    return [...outcomes, { test: 'cargo test', status: 'failed', detail: output.slice(-1500) }];
  },
};

/** `test test_plain ... ok`, below the name of the file; what a failed one said stands further down. */
function readOutcomes(output: string): Outcome[] {
  const statuses = { ok: 'passed', FAILED: 'failed', ignored: 'skipped' } as const;
  let file = '';
  return output.split('\n').flatMap((line) => {
    file = /Running (?:unittests )?(\S+) /.exec(line)?.[1] ?? file;
    const match = /^test (\S+) .*\.\.\. (ok|FAILED|ignored)/.exec(line);
    if (match === null) return [];
    const status = statuses[match[2] as keyof typeof statuses];
    const said = output.split(`---- ${match[1]} stdout ----\n`)[1]?.split('\n\n')[0];
    const detail = status === 'failed' && said !== undefined ? { detail: said } : {};
    return [{ test: `${file}: ${match[1]}`, status, ...detail }];
  });
}
