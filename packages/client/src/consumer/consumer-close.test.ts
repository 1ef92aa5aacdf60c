import { memoryHost, Simulation, type Host, type Timer } from '@millrace/host';
import { Broker } from '@millrace/broker';
import { describe, expect, it } from 'vitest';
import { Consumer } from './consumer.ts';
import { pollRecords, TestCluster } from './testing/test-cluster.ts';

/** A host that knows which timers and connections are still there. */
function countingHost(host: Host) {
  const timers = new Set<Timer>();
  let connections = 0;
  const { promise: lastClosed, resolve } = Promise.withResolvers<void>();
  const onClosed = () => (--connections === 0 ? resolve() : undefined);
  const counted: Host = {
    ...host,
    timers: {
      defer: (callback) => host.timers.defer(callback),
      schedule: (delayMs, callback, options) => {
        const timer = host.timers.schedule(
          delayMs,
          () => {
            timers.delete(counting);
            callback();
          },
          options,
        );
        const counting = { cancel: () => (timers.delete(counting), timer.cancel()) };
        timers.add(counting);
        return counting;
      },
    },
    network: {
      listen: (address, onConnection) => host.network.listen(address, onConnection),
      connect: async (address, options) => {
        const connection = await host.network.connect(address, options);
        connections++;
        const start = connection.start.bind(connection);
        connection.start = (handlers) =>
          start({ ...handlers, onClose: (error) => (onClosed(), handlers.onClose(error)) });
        return connection;
      },
    },
  };
  return { host: counted, timers, lastClosed };
}

describe('close', () => {
  it('leaves no timer and no connection behind, whatever was going on', async () => {
    await using cluster = await TestCluster.start();
    await cluster.createTopic('t', 2);
    await cluster.fill('t', 0, 10);
    const properties = { 'bootstrap.servers': cluster.bootstrapServers, 'group.id': 'g' };
    const reading = countingHost(memoryHost());
    const reader = new Consumer({ ...properties, 'auto.offset.reset': 'earliest' }, { host: reading.host });
    reader.subscribe('t');
    await pollRecords(reader, 10);
    const polled = reader.poll({ timeoutMs: 60_000 });
    await reader.close();
    expect(await polled).toEqual([]);
    expect(reading.timers.size).toBe(0);
    await reading.lastClosed;

    const unused = countingHost(memoryHost());
    await new Consumer(properties, { host: unused.host }).close();
    expect(unused.timers.size).toBe(0);

    // In the middle of a join, which another member holds up.
    const waiting = cluster.consumer({ 'group.id': 'g' });
    waiting.subscribe('t');
    await waiting.poll({ timeoutMs: 2000 });
    const joining = countingHost(memoryHost());
    const joiner = new Consumer(properties, { host: joining.host });
    joiner.subscribe('t');
    expect(await joiner.poll({ timeoutMs: 100 })).toEqual([]);
    await joiner.close();
    expect(joining.timers.size).toBe(0);
    await joining.lastClosed;
  });

  it('without any broker to talk to ends as well', async () => {
    const host = countingHost(memoryHost());
    const consumer = new Consumer(
      { 'bootstrap.servers': '127.0.0.1:1', 'group.id': 'g' },
      { host: host.host },
    );
    consumer.subscribe('t');
    expect(await consumer.poll({ timeoutMs: 50 })).toEqual([]);
    await consumer.close();
    expect(host.timers.size).toBe(0);
  });

  it('gives up leaving after its time, when the coordinator does not answer', async () => {
    const simulation = new Simulation({ seed: 1 });
    await simulation.run(async () => {
      const properties = { listeners: 'PLAINTEXT://broker:9092', 'log.dirs': '/data' };
      await using broker = await Broker.start(properties, { host: simulation.host('broker') });
      const consumer = new Consumer(
        { 'bootstrap.servers': `broker:${broker.address.port}`, 'group.id': 'g' },
        { host: simulation.host('client') },
      );
      consumer.subscribe('t');
      await consumer.poll({ timeoutMs: 10_000 });
      simulation.network.partition({ from: 'client', to: 'broker' });
      const startMs = simulation.nowMs;
      await expect(consumer.close({ timeoutMs: 3000 })).rejects.toThrow('Leaving the group did not finish');
      expect(simulation.nowMs - startMs).toBeLessThan(3100);
      simulation.network.heal({ from: 'client', to: 'broker' });
    });
  });
});
