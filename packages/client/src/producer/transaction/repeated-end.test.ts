import { Simulation, type Host } from '@millrace/host';
import { ApiKey, ErrorCode } from '@millrace/protocol';
import { expect, it } from 'vitest';
import { Admin } from '../../admin/admin.ts';
import { TimeoutError } from '../../errors.ts';
import { FaultyProxy } from '../../testing/faulty-proxy.ts';
import { startBroker } from '../../testing/start-broker.ts';
import { Consumer } from '../../consumer/consumer.ts';
import type { ProducerProperties } from '../producer-properties.ts';
import { Producer } from '../producer.ts';

/** A producer of the first generation at a broker behind a proxy. */
async function withProducer(
  properties: Partial<ProducerProperties>,
  body: (world: {
    readonly simulation: Simulation;
    readonly proxy: FaultyProxy;
    readonly host: Host;
    readonly producer: Producer;
  }) => Promise<void>,
): Promise<void> {
  const simulation = new Simulation({ seed: 1 });
  await simulation.run(async () => {
    const addresses = {
      listeners: 'PLAINTEXT://0.0.0.0:9092',
      'advertised.listeners': 'PLAINTEXT://proxy:9092',
    };
    const { broker } = await startBroker(addresses, simulation.host('broker'));
    const at = { host: '0.0.0.0', port: 9092 };
    const proxy = await FaultyProxy.start(simulation.host('proxy'), at, { host: 'broker', port: 9092 });
    proxy.hidesFeatures = true;
    const host = simulation.host('client');
    await using admin = new Admin(SERVERS, { host });
    await admin.createTopics([{ name: 'orders', partitions: 1 }]);
    const all = { ...SERVERS, 'transactional.id': 'payments', 'linger.ms': 0, ...properties };
    await using producer = new Producer(all, { host });
    await producer.initTransactions();
    await body({ simulation, proxy, host, producer });
    await proxy.close();
    await broker.close();
  });
}

const SERVERS = { 'bootstrap.servers': 'proxy:9092' };

async function committed(host: Host): Promise<string[]> {
  const reading = { 'isolation.level': 'read_committed', 'auto.offset.reset': 'earliest' } as const;
  await using consumer = new Consumer({ ...SERVERS, ...reading }, { host });
  const partition = { topic: 'orders', partition: 0 };
  consumer.assign([partition]);
  const [end] = await consumer.endOffsets([partition]);
  const values: string[] = [];
  while ((await consumer.position(partition)) < end!) {
    for (const { value } of await consumer.poll({ timeoutMs: 1000 })) values.push(String(value));
  }
  return values;
}

/**
 * 1. a transaction of the first generation is aborted after a batch was refused, so the producer wants a new epoch
 * 2. the coordinator gives it out, and the producer hears nothing of that until its time is up
 * 3. the abort is repeated: in the epoch of 1, which the coordinator takes for that of a fenced producer by now
 */
it('an abort that ran out of time while it asked for a new epoch can be repeated', () =>
  withProducer({ 'max.block.ms': 2000 }, async ({ proxy, host, producer }) => {
    producer.beginTransaction();
    await producer.send({ topic: 'orders', value: 'written' });
    proxy.plan = () => ({ kind: 'refused', errorCode: ErrorCode.MESSAGE_TOO_LARGE });
    await expect(producer.send({ topic: 'orders', value: 'refused' })).rejects.toThrow('MESSAGE_TOO_LARGE');
    proxy.plan = () => ({ kind: 'none' });
    proxy.interrupt = (apiKey) => (apiKey === ApiKey.INIT_PRODUCER_ID ? 'lost-answer' : undefined);
    await expect(producer.abortTransaction()).rejects.toThrow(TimeoutError);
    proxy.interrupt = () => undefined;
    await producer.abortTransaction();
    await producer.transaction(async (tx) => tx.send({ topic: 'orders', value: 'committed' }));
    expect(await committed(host)).toContain('committed');
  }));

/**
 * 1. a commit is lost on its way, and whoever waits for it gives up; it is tried again in five seconds
 * 2. the commit is repeated, and done; the next transaction begins
 * 3. the commit of 1 is tried again: it is the next transaction that it commits, half done
 */
it('a commit that nobody waits for any more is the one that is waited for when it is repeated', () =>
  withProducer({ 'retry.backoff.ms': 5000 }, async ({ simulation, proxy, host, producer }) => {
    producer.beginTransaction();
    await producer.send({ topic: 'orders', value: 'first' });
    let losses = 1;
    proxy.interrupt = (apiKey) => (apiKey === ApiKey.END_TXN && losses-- > 0 ? 'lost-request' : undefined);
    const controller = new AbortController();
    const given = producer.commitTransaction({ signal: controller.signal });
    const outcome = expect(given).rejects.toThrow('enough');
    await simulation.sleep(500);
    controller.abort(new Error('enough'));
    await outcome;
    await producer.commitTransaction();
    producer.beginTransaction();
    await producer.send({ topic: 'orders', value: 'half done' });
    await simulation.sleep(10_000);
    await producer.abortTransaction();
    expect(await committed(host)).toEqual(['first']);
  }));
