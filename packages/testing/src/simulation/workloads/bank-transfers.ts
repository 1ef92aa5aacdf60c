import type { SimulatedHost } from '@millrace/host';
import { clientLives } from './client-life.ts';
import type { ClientWorld } from './client-world.ts';
import { RecordedConsumer } from './recorded-consumer.ts';
import { RecordedProducer } from './recorded-producer.ts';
import type { IsOver, Workload } from './workload.ts';

const TOPIC = 'accounts';
const ACCOUNTS = 3;
const partitions = Array.from({ length: ACCOUNTS }, (_, partition) => ({ topic: TOPIC, partition }));

/** Money moves between accounts, a partition each, in transactions; some are aborted, some producers die in between. */
export const bankTransfers: Workload = {
  name: 'bank-transfers',
  topics: { [TOPIC]: ACCOUNTS },
  checks: { totals: { topic: TOPIC, total: 0, amountOf: (value) => Number(value.split(' ')[1]) } },
  async run(world, isOver) {
    const tellers = ['teller-a', 'teller-b'].map((id) =>
      clientLives(world, id, isOver, (host, _, over) => transfer(world, host, id, over), 0.4),
    );
    const auditor = clientLives(world, 'auditor', isOver, (host, _, over) => audit(world, host, over));
    await Promise.all([...tellers, auditor]);
  },
};

async function transfer(world: ClientWorld, host: SimulatedHost, id: string, isOver: IsOver): Promise<void> {
  const random = host.random.fork('workload');
  const producer = new RecordedProducer(world, host, {
    'transactional.id': id,
    'transaction.timeout.ms': 2000,
  });
  try {
    await producer.producer.initTransactions();
    const lastOfLife = random.uint32() % 40;
    for (let number = 0; !isOver() && number < lastOfLife; number++) {
      const name = `${host.name}.${number}`;
      const from = random.uint32() % ACCOUNTS;
      const to = (from + 1 + (random.uint32() % (ACCOUNTS - 1))) % ACCOUNTS;
      const amount = 1 + (random.uint32() % 100);
      producer.begin(name);
      const debit = producer.send({ topic: TOPIC, partition: from, value: `${name}-out ${-amount}` });
      // Whoever ends the transaction now tears it apart.
      if (random.float() < 0.5) await world.simulation.sleep(random.float() * 150);
      const credit = producer.send({ topic: TOPIC, partition: to, value: `${name}-in ${amount}` });
      const isWhole = (await Promise.all([debit, credit])).every(Boolean);
      await producer.end(isWhole && random.float() < 0.8 ? 'committed' : 'aborted');
      await world.simulation.sleep(random.float() * 120);
    }
  } finally {
    await producer.producer.close({ timeoutMs: 1000 });
  }
}

async function audit(world: ClientWorld, host: SimulatedHost, isOver: IsOver): Promise<void> {
  const consumer = new RecordedConsumer(world, host, { 'isolation.level': 'read_committed' });
  consumer.assign(partitions);
  const endMs = world.simulation.nowMs + host.random.fork('workload').float() * 4000;
  while (!isOver() && world.simulation.nowMs < endMs) await consumer.poll(100);
  await consumer.consumer.close({ timeoutMs: 1000 });
}
