// Three nodes as processes under the load of three clients, killed, stopped and cut off in turns:
// npm run e2e:cluster [-- --rounds 12] [--system millrace|kafka|both] [--clients millrace,kafkajs,librdkafka]
//   [--timeouts short|usual] [--network namespaces|loopback] [--minutes 30]
import { parseArgs } from 'node:util';
import { unavailable } from '@millrace/apache-kafka-peer';
import { startKafkaCluster } from './kafka-cluster.ts';
import { startKafkajsTraffic } from './kafkajs-traffic.ts';
import { librdkafkaUnavailable, startLibrdkafkaTraffic } from './librdkafka-traffic.ts';
import { startMillraceCluster, type ClusterOptions } from './millrace-cluster.ts';
import { startMillraceTraffic } from './millrace-traffic.ts';
import { loopback, namespaces, namespacesUnavailable, type OpenNetwork } from './node-network.ts';
import type { ClusterProcesses } from './processes.ts';
import { reportLines } from './report.ts';
import { runRounds } from './run-rounds.ts';
import type { StartTraffic } from './traffic.ts';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '12' },
    system: { type: 'string', default: 'both' },
    clients: { type: 'string', default: 'millrace,kafkajs,librdkafka' },
    timeouts: { type: 'string', default: 'short' },
    network: { type: 'string', default: 'namespaces' },
    minutes: { type: 'string', default: '60' },
  },
});

/** Enough to come up and fail over, small enough for three beside each other; they live too short to be optimized. */
const JAVA_FLAGS = ['-Xms256m', '-Xmx256m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1'];

const all: Readonly<Record<string, StartTraffic>> = {
  millrace: startMillraceTraffic,
  kafkajs: startKafkajsTraffic,
  librdkafka: startLibrdkafkaTraffic,
};
const systems: Readonly<Record<string, (options: ClusterOptions) => Promise<ClusterProcesses>>> = {
  millrace: startMillraceCluster,
  kafka: (options) => startKafkaCluster({ ...options, javaFlags: JAVA_FLAGS }),
};

// So that what is to be cleaned up at the end of the process is.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));

const network = chosenNetwork();
const starts = chosenClients();
for (const name of Object.keys(systems)) {
  if (values.system !== 'both' && values.system !== name) continue;
  const reason = name === 'kafka' ? unavailable() : undefined;
  if (reason === undefined) await run(name, systems[name]!);
  else print(`Apache Kafka is left out: ${reason}`);
}
// A client that hangs must not keep the verdict from whoever waits for it.
process.exit();

async function run(
  name: string,
  start: (options: ClusterOptions) => Promise<ClusterProcesses>,
): Promise<void> {
  try {
    const timeouts = values.timeouts === 'usual' ? 'usual' : 'short';
    await using cluster = await start({ network, timeouts });
    print(`${cluster.name}: ${values.rounds} rounds, ${timeouts} time-outs`);
    let number = 0;
    const result = await runRounds(cluster, starts, {
      count: Number(values.rounds),
      limitMs: Number(values.minutes) * 60_000,
      onRound: (round) =>
        print(
          `  ${++number}. ${round.name}: ${round.leaderlessMs.toFixed(0)} ms, well after ${round.tookMs.toFixed(0)} ms`,
        ),
    });
    for (const line of reportLines(cluster.name, result)) print(line);
    if (result.problems.length > 0) process.exitCode = 1;
  } catch (error) {
    process.exitCode = 1;
    print(`${name}: FAILED, there is no verdict: ${String(error)}`);
  }
}

function chosenNetwork(): OpenNetwork {
  const reason = values.network === 'loopback' ? 'nodes are on loopback' : namespacesUnavailable();
  if (reason === undefined) return namespaces;
  print(`The rounds in which the network is cut are left out: ${reason}`);
  return loopback;
}

function chosenClients(): StartTraffic[] {
  const wanted = values.clients.split(',');
  const unknown = wanted.find((name) => all[name] === undefined);
  if (unknown !== undefined) throw new Error(`There is no client "${unknown}"`);
  const reason = wanted.includes('librdkafka') ? librdkafkaUnavailable() : undefined;
  if (reason !== undefined) print(`librdkafka is left out: ${reason}`);
  return wanted.filter((name) => name !== 'librdkafka' || reason === undefined).map((name) => all[name]!);
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
