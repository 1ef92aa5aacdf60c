import { unavailable } from './librdkafka.ts';
import type { Report } from './produce-comparison.ts';
import { startProducerProcess } from './producer-process.ts';
import { quantile } from './quantile.ts';

const TURNS = 60;
/** Not counted: what runs a thousand times is compiled by then. */
const WARMING_TURNS = 8;
/** The first of them, which wakes a process up that has slept while others had their turns, is less than one of a hundred. */
const SENDS = 200;

/** The first is the one that the others are compared with. */
const names = ['millrace', 'kafkaJs', 'platformatic', 'librdkafka'] as const;

/**
 * Each sends a few, then the next one: a busy moment of the machine is one for all. Each is a process of its own, so that
 * the slowest of its sends are slow by its own doing.
 */
export async function compareLatencies(
  bootstrapServers: string,
  topic: string,
  report: Report,
): Promise<void> {
  await using processes = new AsyncDisposableStack();
  const compared = [];
  for (const name of names) {
    if (name === 'librdkafka' && unavailable() !== undefined) continue;
    const producer = processes.use(await startProducerProcess(name, bootstrapServers));
    compared.push({ producer, turns: [] as number[][] });
  }
  for (let turn = 0; turn < WARMING_TURNS + TURNS; turn++) {
    for (let place = 0; place < compared.length; place++) {
      // Each is as often behind each other one, whose batches the broker may still be busy with.
      const { producer, turns } = compared[(turn + place) % compared.length]!;
      const found = await producer.measure({ topic, valueBytes: 100, sends: SENDS });
      if (turn >= WARMING_TURNS) turns.push(found);
    }
  }
  const figures = compared.map(({ producer, turns }) => ({
    name: producer.name,
    p50: quantile(turns.flat(), 0.5),
    // What disturbs the machine disturbs some turns, whoever has them; what a client does itself is in each of its turns.
    'p99 of the median turn': quantile(
      turns.map((latencies) => quantile(latencies, 0.99)),
      0.5,
    ),
    p99: quantile(turns.flat(), 0.99),
  }));
  const [own, ...others] = figures;
  for (const label of ['p50', 'p99 of the median turn', 'p99'] as const) {
    const metric = `awaited single send, ${label}`;
    report({ metric: `${metric}, millrace`, value: own![label], unit: 'ms' });
    for (const { name: peer, [label]: value } of others) {
      const goal = label === 'p99' ? {} : { target: 1 };
      report({ metric: `${metric}, ${peer}`, value, unit: 'ms', peer, ratio: value / own![label], ...goal });
    }
  }
}
