import { setTimeout as sleep } from 'node:timers/promises';
import { Consumer, Producer } from '@millrace/client';
import { textOf, type Ledger } from './ledger.ts';
import { GROUP, PACE_MS, PARTITIONS, TOPIC, type Traffic } from './traffic.ts';

const CLIENT = 'millrace';

/** One loop for each partition, one record at a time: a gap between two answers is a time without a leader. */
export async function startMillraceTraffic(bootstrapServers: string, ledger: Ledger): Promise<Traffic> {
  const servers = {
    'bootstrap.servers': bootstrapServers,
    'retry.backoff.ms': 20,
    'metadata.max.age.ms': 10_000,
  };
  const producer = new Producer({
    ...servers,
    'linger.ms': 0,
    'request.timeout.ms': 2000,
    'delivery.timeout.ms': 600_000,
  });
  const consumer = new Consumer({
    ...servers,
    'group.id': `${GROUP}-${CLIENT}`,
    'auto.offset.reset': 'earliest',
    'session.timeout.ms': 6000,
  });
  consumer.subscribe(TOPIC);
  const state: { isProducing: boolean; isConsuming: boolean; failure: string | undefined } = {
    isProducing: true,
    isConsuming: true,
    failure: undefined,
  };
  const consumed = new Set<string>();
  const lanes = Array.from({ length: PARTITIONS }, async (_, partition) => {
    for (let number = 0; state.isProducing; number++) {
      const entry = { client: CLIENT, partition, number };
      const sentMs = performance.now();
      try {
        await producer.send({ topic: TOPIC, partition, value: textOf(entry) });
        ledger.acknowledge(entry);
        ledger.beat(partition, sentMs);
      } catch {
        // Not known to be written: nothing to hold against anybody.
      }
      await sleep(PACE_MS);
    }
  });
  const read = async (): Promise<void> => {
    while (state.isConsuming) {
      for (const { value } of await consumer.poll({ timeoutMs: 200 })) consumed.add(String(value));
    }
    await consumer.close();
  };
  const reading = read().catch((error: unknown) => {
    state.failure = `its consumer has failed: ${String(error)}`;
  });
  return {
    name: '@millrace/client',
    consumed,
    get failure() {
      return state.failure;
    },
    async stopProducing() {
      state.isProducing = false;
      await Promise.all(lanes);
      await producer.close();
    },
    async stopConsuming() {
      state.isConsuming = false;
      await reading;
    },
  };
}
