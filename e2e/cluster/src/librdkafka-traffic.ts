import { spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Ledger } from './ledger.ts';
import { GROUP, PACE_MS, PARTITIONS, TOPIC, type Traffic } from './traffic.ts';

/** Debian's packages install for this interpreter, whichever else stands first in PATH. */
const python = '/usr/bin/python3';
const script = join(import.meta.dirname, '../clients/librdkafka-traffic.py');
const CLIENT = 'librdkafka';

/** Why it cannot be used here, or `undefined` where it can. */
export function librdkafkaUnavailable(): string | undefined {
  if (spawnSync(python, ['-c', 'import confluent_kafka']).status === 0) return undefined;
  return 'python3-confluent-kafka is not installed';
}

export async function startLibrdkafkaTraffic(bootstrapServers: string, ledger: Ledger): Promise<Traffic> {
  const group = `${GROUP}-${CLIENT}`;
  const about = [bootstrapServers, TOPIC, String(PARTITIONS), group, CLIENT, String(PACE_MS)];
  // Unbuffered: what is acknowledged is said at once.
  const parameters = ['-u', script, ...about];
  const child = spawn(python, parameters, { stdio: ['pipe', 'pipe', 'inherit'] });
  const kill = (): void => void child.kill('SIGKILL');
  process.once('exit', kill);
  // One that is gone cannot be told to stop.
  child.stdin.on('error', () => {});
  const consumed = new Set<string>();
  const produced = Promise.withResolvers<void>();
  const state: { isWanted: boolean; failure: string | undefined } = { isWanted: true, failure: undefined };
  const ended = new Promise<void>((resolve) => {
    const end = (reason: string): void => {
      if (state.isWanted) state.failure = reason;
      process.off('exit', kill);
      produced.resolve();
      resolve();
    };
    child.once('error', (error) => end(`its process could not be started: ${error.message}`));
    child.once('close', (code, signal) => end(`its process has ended with ${code ?? signal}`));
  });
  createInterface({ input: child.stdout }).on('line', (line) => {
    const [what, first, second] = line.split(' ');
    if (what === 'ack')
      ledger.acknowledge({ client: CLIENT, partition: Number(first), number: Number(second) });
    else if (what === 'got') consumed.add(line.slice(4));
    else if (what === 'produced') produced.resolve();
  });
  return {
    name: 'librdkafka',
    consumed,
    get failure() {
      return state.failure;
    },
    async stopProducing() {
      child.stdin.write('stop\n');
      await produced.promise;
    },
    async stopConsuming() {
      state.isWanted = false;
      child.stdin.end('stop\n');
      await ended;
    },
  };
}
