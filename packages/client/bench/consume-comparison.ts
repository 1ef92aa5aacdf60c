import { startConsumerProcess, type ConsumerProcess, type Measured } from './consumer-process.ts';
import { inFilledTopic, type TopicContent } from './filled-topic.ts';
import { unavailable } from './librdkafka.ts';
import type { Report } from './produce-comparison.ts';

/** Rounds alternate between the clients, so that a busy machine is busy for all of them; medians are compared. */
const ROUNDS = 7;

/** The first is the one that the others are compared with. */
const names = ['millrace', 'kafkaJs', 'platformatic', 'millraceIteration', 'librdkafka'] as const;

interface Load extends TopicContent {
  readonly label: string;
  /** Least ratio to reach against each peer. */
  readonly targets: Readonly<Record<string, number>>;
}

const loads: readonly Load[] = [
  {
    label: '100 B',
    valueBytes: 100,
    count: 500_000,
    targets: { kafkajs: 3, '@platformatic/kafka': 3, librdkafka: 20 },
  },
  {
    label: '1 KB',
    valueBytes: 1000,
    count: 100_000,
    targets: { kafkajs: 1, '@platformatic/kafka': 1, librdkafka: 1 },
  },
];

export async function compareConsumers(bootstrapServers: string, report: Report): Promise<void> {
  const reason = unavailable();
  if (reason !== undefined) process.stderr.write(`skipped: librdkafka; ${reason}\n`);
  for (const load of loads) {
    await inFilledTopic(bootstrapServers, load, (topic) =>
      compareRates(bootstrapServers, topic, load, report),
    );
  }
}

async function compareRates(
  bootstrapServers: string,
  topic: string,
  { label, valueBytes, count, targets }: Load,
  report: Report,
): Promise<void> {
  await using consumers = new AsyncDisposableStack();
  const compared: { readonly consumer: ConsumerProcess; readonly measures: Measured[] }[] = [];
  for (const name of names) {
    if (name === 'librdkafka' && unavailable() !== undefined) continue;
    const consumer = consumers.use(await startConsumerProcess(name, bootstrapServers));
    compared.push({ consumer, measures: [] });
  }
  for (let round = 0; round <= ROUNDS; round++) {
    for (const { consumer, measures } of compared) {
      const measured = await consumer.measure({ topic, count, valueBytes });
      // The first round is for the compiler.
      if (round > 0) measures.push(measured);
    }
  }
  const own = medianOf(compared[0]!.measures);
  for (const [index, { consumer, measures }] of compared.entries()) {
    const { name } = consumer;
    const metric = `consume ${label}, ${name}`;
    const { recordsPerSec: rate, cpuSecondsPerGb: cost } = medianOf(measures);
    const goal = targets[name] === undefined ? {} : { target: targets[name] };
    const peer = (ratio: number) => (index === 0 ? {} : { peer: name, ratio });
    report({ metric, value: rate, unit: 'records/s', ...peer(own.recordsPerSec / rate), ...goal });
    report({ metric: `${metric}: CPU`, value: cost, unit: 's/GB', ...peer(cost / own.cpuSecondsPerGb) });
  }
}

function medianOf(measures: readonly Measured[]): Measured {
  return {
    recordsPerSec: median(measures.map(({ recordsPerSec }) => recordsPerSec)),
    cpuSecondsPerGb: median(measures.map(({ cpuSecondsPerGb }) => cpuSecondsPerGb)),
  };
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
}
