// Three nodes as processes under the load of three clients, killed and stopped in turns:
// npm run e2e:cluster [-- --rounds 10] [--system millrace|kafka|both] [--clients millrace,kafkajs,librdkafka]
import { parseArgs } from 'node:util';
import { unavailable } from '@millrace/apache-kafka-peer';
import { startKafkaCluster } from './kafka-cluster.ts';
import { startKafkajsTraffic } from './kafkajs-traffic.ts';
import { librdkafkaUnavailable, startLibrdkafkaTraffic } from './librdkafka-traffic.ts';
import { startMillraceCluster } from './millrace-cluster.ts';
import { startMillraceTraffic } from './millrace-traffic.ts';
import type { ClusterProcesses } from './processes.ts';
import { runRounds, type RoundResult } from './run-rounds.ts';
import type { StartTraffic } from './traffic.ts';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '10' },
    system: { type: 'string', default: 'both' },
    clients: { type: 'string', default: 'millrace,kafkajs,librdkafka' },
  },
});

const all: Readonly<Record<string, StartTraffic>> = {
  millrace: startMillraceTraffic,
  kafkajs: startKafkajsTraffic,
  librdkafka: startLibrdkafkaTraffic,
};
const systems: Readonly<Record<string, () => Promise<ClusterProcesses>>> = {
  millrace: startMillraceCluster,
  kafka: startKafkaCluster,
};

for (const name of Object.keys(systems)) {
  if (values.system !== 'both' && values.system !== name) continue;
  const reason = name === 'kafka' ? unavailable() : undefined;
  if (reason === undefined) await run(systems[name]!);
  else print(`Apache Kafka is left out: ${reason}`);
}

async function run(start: () => Promise<ClusterProcesses>): Promise<void> {
  await using cluster = await start();
  print(`${cluster.name}: ${values.rounds} rounds`);
  const onRound = ({ name, leaderlessMs }: RoundResult): void =>
    print(`  ${leaderlessMs.toFixed(0)} ms: ${name}`);
  const result = await runRounds(cluster, clients(), Number(values.rounds), onRound);
  print(`${cluster.name}: ${result.acknowledged} acknowledged, ${result.problems.length} problems`);
  for (const problem of result.problems.slice(0, 20)) print(`  ${problem}`);
  for (const name of new Set(result.rounds.map((round) => round.name))) {
    const times = result.rounds
      .filter((round) => round.name === name)
      .map(({ leaderlessMs }) => leaderlessMs);
    print(`  without an acknowledgement, median: ${median(times).toFixed(0)} ms after ${name}`);
  }
  if (result.problems.length > 0) process.exitCode = 1;
}

function clients(): StartTraffic[] {
  const wanted = values.clients.split(',');
  const reason = librdkafkaUnavailable();
  if (reason !== undefined) print(`librdkafka is left out: ${reason}`);
  return wanted.filter((name) => name !== 'librdkafka' || reason === undefined).map((name) => all[name]!);
}

function median(times: readonly number[]): number {
  return times.toSorted((left, right) => left - right)[times.length >> 1] ?? 0;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
