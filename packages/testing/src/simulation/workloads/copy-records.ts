import type { SimulatedHost } from '@millrace/host';
import { clientLives } from './client-life.ts';
import type { ClientWorld } from './client-world.ts';
import { nextOffsets, RecordedConsumer } from './recorded-consumer.ts';
import { RecordedProducer } from './recorded-producer.ts';
import type { IsOver, Workload } from './workload.ts';

const INPUT = 'input';
const OUTPUT = 'output';
const PARTITIONS = 2;
const outputs = Array.from({ length: PARTITIONS }, (_, partition) => ({ topic: OUTPUT, partition }));
/** How long copiers get for what is left when nothing more is written. */
const REST_MS = 120_000;

/** Consume, transform, produce, exactly once: two copiers of a group, who die now and then. */
export const copyRecords: Workload = {
  name: 'copy-records',
  topics: { [INPUT]: PARTITIONS, [OUTPUT]: PARTITIONS },
  checks: {
    copied: { input: INPUT, output: OUTPUT, originOf },
  },
  async run(world, isOver) {
    const copied = new Set<string>();
    const sent = new Set<string>();
    const writing = clientLives(world, 'writer', isOver, (host, _, over) => write(world, host, sent, over));
    const startOfRest = writing.then(() => world.simulation.nowMs);
    let restMs = Infinity;
    void startOfRest.then((nowMs) => (restMs = nowMs + REST_MS));
    const isCopied = (): boolean =>
      isOver() && restMs < Infinity && (copied.size >= sent.size || world.simulation.nowMs > restMs);
    const copiers = ['copier-a', 'copier-b'].map((id) =>
      clientLives(world, id, isCopied, (host, _, over) => copy({ world, host, id, isOver: over }), 0.4),
    );
    const auditor = clientLives(world, 'auditor', isCopied, (host, _, over) =>
      audit(world, host, copied, over),
    );
    await Promise.all([writing, auditor, ...copiers]);
  },
};

async function write(
  world: ClientWorld,
  host: SimulatedHost,
  sent: Set<string>,
  isOver: IsOver,
): Promise<void> {
  const random = host.random.fork('workload');
  const producer = new RecordedProducer(world, host);
  const sends: Promise<void>[] = [];
  for (let number = 0; !isOver(); number++) {
    const value = `${host.name}.${number}`;
    const sending = producer.send({ topic: INPUT, partition: number % PARTITIONS, value });
    sends.push(sending.then((isDone) => void (isDone && sent.add(value))));
    await world.simulation.sleep(random.float() * 200);
  }
  await Promise.all(sends);
  await producer.producer.close({ timeoutMs: 5000 });
}

interface Copier {
  readonly world: ClientWorld;
  readonly host: SimulatedHost;
  readonly id: string;
  readonly isOver: IsOver;
}

async function copy({ world, host, id, isOver }: Copier): Promise<void> {
  const random = host.random.fork('workload');
  const producer = new RecordedProducer(world, host, {
    'transactional.id': id,
    'transaction.timeout.ms': 2000,
  });
  const consumer = new RecordedConsumer(world, host, {
    'group.id': 'copiers',
    'isolation.level': 'read_committed',
    'session.timeout.ms': 1500,
    'heartbeat.interval.ms': 200,
    'max.poll.records': 7,
  });
  try {
    await producer.producer.initTransactions();
    consumer.consumer.subscribe(INPUT);
    for (let number = 0; !isOver() && number < 60; number++) {
      const records = await consumer.consumer.poll({ timeoutMs: 100 });
      if (records.length === 0) continue;
      const name = `${host.name}.${number}`;
      producer.begin(name);
      const values = records.map(({ value }) => `${String(value)}>${name}`);
      const sends = records.map(({ partition }, index) =>
        producer.send({ topic: OUTPUT, partition, value: values[index]! }),
      );
      await producer.producer.sendOffsets(nextOffsets(records), consumer.consumer.groupMetadata());
      const isWhole = (await Promise.all(sends)).every(Boolean);
      // Who does not commit has to go back to what is committed: the next one does.
      if (!isWhole || random.float() < 0.05) return await producer.end('aborted');
      await producer.end('committed');
    }
  } finally {
    const timeoutMs = 1000;
    await Promise.allSettled([
      producer.producer.close({ timeoutMs }),
      consumer.consumer.close({ timeoutMs }),
    ]);
  }
}

/** Only a reader knows what is copied: who commits may not live to hear of it. */
async function audit(
  world: ClientWorld,
  host: SimulatedHost,
  copied: Set<string>,
  isOver: IsOver,
): Promise<void> {
  const consumer = new RecordedConsumer(world, host, { 'isolation.level': 'read_committed' });
  consumer.assign(outputs);
  while (!isOver()) {
    for (const { value } of await consumer.poll(200)) copied.add(originOf(String(value)));
  }
  await consumer.consumer.close({ timeoutMs: 1000 });
}

function originOf(value: string): string {
  return value.slice(0, value.indexOf('>'));
}
