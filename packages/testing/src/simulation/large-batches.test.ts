import { expect, test } from 'vitest';
import { BrokerWorld } from './broker-world.ts';

const RECORDS = 40;
const RECORD_BYTES = 60_000;

/** Batches that a consumer on a real machine decompresses on another thread, in real time. */
async function run(compressionType: string): Promise<{ trace: string; sizes: number[] }> {
  const world = new BrokerWorld({ seed: 1 });
  const random = world.simulation.random.fork('values');
  const sizes = await world.simulation.run(async () => {
    await world.startBroker();
    const producer = world.producer('producer', {
      'compression.type': compressionType,
      'batch.size': 200_000,
    });
    const sends = Array.from({ length: RECORDS }, () =>
      producer.send({ topic: 'blobs', value: random.bytes(RECORD_BYTES) }),
    );
    await Promise.all(sends);
    await producer.close();
    const records = await world.readAll('blobs');
    await world.closeBroker();
    return records.map(({ value }) => value?.length ?? 0);
  });
  return { trace: world.simulation.trace, sizes };
}

test.each(['gzip', 'snappy', 'lz4', 'zstd'])('large batches of %s leave virtual time alone', async (type) => {
  const [first, second] = [await run(type), await run(type)];
  expect(first.sizes).toEqual(Array.from({ length: RECORDS }, () => RECORD_BYTES));
  expect(second.trace).toBe(first.trace);
});
