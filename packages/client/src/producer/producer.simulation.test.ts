import type { SimulationEvent } from '@millrace/host';
import { ErrorCode } from '@millrace/protocol';
import { describe, expect, it } from 'vitest';
import { randomFaults, type FaultPlan } from '../testing/faulty-proxy.ts';
import { readBatches } from '../testing/read-topic.ts';
import {
  inProducerWorld as inSimulation,
  PROXY_ADDRESS,
  sendNumbered,
  simulateProducer,
} from './testing/producer-world.ts';

describe('Producer under faults', () => {
  // More of them: npm run sim:client -- --workload produce --seeds 10000
  // 5023: a batch expired after an error that hid a success, and what was written behind it was numbered anew.
  const blocks = [
    ...Array.from({ length: 4 }, (_, block) => [block * 15 + 1, 15] as const),
    [5023, 1] as const,
  ];

  it.each(blocks)(
    'writes every record once and in order, also around deliveries that expire (from seed %i: %i)',
    async (from, count) => {
      for (let seed = from; seed < from + count; seed++) {
        await simulateProducer(seed).catch((cause: unknown) => {
          throw new Error(`seed ${seed}`, { cause });
        });
      }
    },
  );

  it.each([
    ['written twice', { 'enable.idempotence': false }],
    // Six batches of unknown fate may overtake each other where nothing is numbered.
    [
      /acknowledged|written twice/,
      { 'enable.idempotence': false, 'max.in.flight.requests.per.connection': 6 },
    ],
    ['was not written', { retries: 0 }],
  ])('would be noticed to break its promise: %s', async (promise, broken) => {
    const runs = Array.from({ length: 10 }, (_, index) => simulateProducer(2 * index + 2, broken));
    const failed = (await Promise.allSettled(runs)).flatMap((run) =>
      run.status === 'rejected' ? [run.reason] : [],
    );
    expect(failed.map(String)).toContainEqual(expect.stringMatching(promise));
  });

  it('gives the same run, byte for byte, for the same seed', async () => {
    const run = (seed: number) =>
      inSimulation(seed, async (world) => {
        const producer = world.producer({ 'batch.size': 200 });
        world.proxy.plan = randomFaults(world.simulation.random.fork('faults'), 0.3);
        const sends = await sendNumbered(world, producer, 50);
        await Promise.all(sends.map(({ outcome }) => outcome));
      });
    const traces = [(await run(7)).trace, (await run(7)).trace, (await run(8)).trace];
    expect(traces[0]).toBe(traces[1]);
    expect(traces[0]).not.toBe(traces[2]);
  });

  it.each([
    ['OUT_OF_ORDER_SEQUENCE_NUMBER', ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER],
    ['UNKNOWN_PRODUCER_ID', ErrorCode.UNKNOWN_PRODUCER_ID],
  ])('goes on in a new epoch when the broker lost its state: %s', async (_, errorCode) => {
    await inSimulation(1, async (world) => {
      const producer = world.producer({ 'batch.size': 200 });
      await producer.send({ topic: 'orders', partition: 0, value: '0' });
      world.proxy.plan = once({ kind: 'refused', errorCode });
      const values = Array.from({ length: 40 }, (_unused, index) => `${index + 1}`);
      await producer.send(values.map((value) => ({ topic: 'orders', partition: 0, value })));
      expect(await world.values(0)).toEqual(['0', ...values]);
      const client = world.simulation.host('client');
      const epochs = (await readBatches(client, PROXY_ADDRESS, 'orders')).map(
        ({ producerEpoch }) => producerEpoch,
      );
      expect(epochs[0]).toBe(0);
      expect(new Set(epochs.slice(1))).toEqual(new Set([1]));
    });
  });

  it('keeps the order without idempotence when one request is in flight at a time', async () => {
    await inSimulation(3, async (world) => {
      const producer = world.producer({
        'batch.size': 200,
        'enable.idempotence': false,
        'max.in.flight.requests.per.connection': 1,
      });
      world.proxy.plan = randomFaults(world.simulation.random.fork('faults'), 0.3);
      const sends = await sendNumbered(world, producer, 200);
      await Promise.all(sends.map(({ outcome }) => outcome));
      world.proxy.plan = () => ({ kind: 'none' });
      for (const partition of [0, 1]) {
        const numbers = (await world.values(partition)).map(Number);
        // Duplicates are possible without idempotence; going back is not, but for the repetition of one batch.
        const firsts = numbers.filter((number, index) => numbers.indexOf(number) === index);
        expect(firsts).toEqual(firsts.toSorted((a, b) => a - b));
      }
    });
  });

  it('fails a batch at its delivery time-out with the last failure as cause, and not later', async () => {
    await inSimulation(1, async (world) => {
      const producer = world.producer({
        'delivery.timeout.ms': 2000,
        'request.timeout.ms': 1000,
        'linger.ms': 0,
      });
      await producer.send({ topic: 'orders', partition: 0, value: 'a' });
      world.proxy.plan = () => ({ kind: 'refused', errorCode: ErrorCode.NOT_ENOUGH_REPLICAS });
      const startedMs = world.simulation.nowMs;
      const error = await producer
        .send({ topic: 'orders', partition: 0, value: 'b' })
        .catch((e: unknown) => e);
      expect(error).toMatchObject({
        code: 'ERR_CLIENT_DELIVERY_TIMEOUT',
        cause: { code: 'NOT_ENOUGH_REPLICAS' },
      });
      expect(world.simulation.nowMs - startedMs).toBeLessThan(2100);
      expect(producer.bufferedBytes).toBe(0);
    });
  });

  it('fails at once what retrying cannot help, and goes on with the next record', async () => {
    await inSimulation(1, async (world) => {
      const producer = world.producer();
      await producer.send({ topic: 'orders', partition: 0, value: 'a' });
      world.proxy.plan = once({ kind: 'refused', errorCode: ErrorCode.TOPIC_AUTHORIZATION_FAILED });
      await expect(producer.send({ topic: 'orders', partition: 0, value: 'b' })).rejects.toMatchObject({
        code: 'TOPIC_AUTHORIZATION_FAILED',
      });
      expect((await producer.send({ topic: 'orders', partition: 0, value: 'c' })).offset).toBe(1);
    });
  });

  it('stops after the number of retries that was set', async () => {
    await inSimulation(1, async (world) => {
      const producer = world.producer({ retries: 2 });
      await producer.send({ topic: 'orders', partition: 0, value: 'a' });
      let requests = 0;
      world.proxy.plan = () => {
        requests++;
        return { kind: 'refused', errorCode: ErrorCode.NOT_ENOUGH_REPLICAS };
      };
      await expect(producer.send({ topic: 'orders', partition: 0, value: 'b' })).rejects.toMatchObject({
        code: 'NOT_ENOUGH_REPLICAS',
      });
      expect(requests).toBe(3);
    });
  });

  it('counts a batch that the broker has already as written, at an unknown offset', async () => {
    await inSimulation(1, async (world) => {
      const producer = world.producer();
      await producer.send({ topic: 'orders', partition: 0, value: 'a' });
      world.proxy.plan = once({ kind: 'written-but', errorCode: ErrorCode.DUPLICATE_SEQUENCE_NUMBER });
      expect((await producer.send({ topic: 'orders', partition: 0, value: 'b' })).offset).toBe(-1);
      expect(await world.values(0)).toEqual(['a', 'b']);
    });
  });

  it('sits idle without waking up more than a few times a minute (kafkajs#1704, #1751)', async () => {
    let events = 0;
    const onEvent = ({ host }: SimulationEvent) => {
      if (host === 'client') events++;
    };
    await inSimulation({ seed: 1, onEvent }, async (world) => {
      const producer = world.producer();
      await producer.send({ topic: 'orders', partition: 0, value: 'a' });
      await world.simulation.sleep(60_000);
      const eventsBefore = events;
      await world.simulation.sleep(600_000);
      expect(events - eventsBefore).toBeLessThan(60);
    });
  });
});

/** The first Produce request meets this, the others pass. */
function once(fault: ReturnType<FaultPlan>): FaultPlan {
  let isUsed = false;
  return () => {
    const isFirst = !isUsed;
    isUsed = true;
    return isFirst ? fault : { kind: 'none' };
  };
}
