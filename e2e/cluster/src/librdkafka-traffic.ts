import { spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Ledger } from './ledger.ts';
import { GROUP, PARTITIONS, TOPIC, type Traffic } from './traffic.ts';

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
  const parameters = [script, bootstrapServers, TOPIC, String(PARTITIONS), `${GROUP}-${CLIENT}`, CLIENT];
  const child = spawn(python, parameters, { stdio: ['pipe', 'pipe', 'inherit'] });
  const consumed = new Set<string>();
  const produced = Promise.withResolvers<void>();
  const ended = new Promise<void>((resolve) => {
    child.once('close', () => {
      produced.resolve();
      resolve();
    });
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
    async stopProducing() {
      child.stdin.write('stop\n');
      await produced.promise;
    },
    async stopConsuming() {
      child.stdin.end('stop\n');
      await ended;
    },
  };
}
