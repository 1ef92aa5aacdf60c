import { memoryHost, Simulation, type SimulatedHost } from '@millrace/host';
import { expect, describe, it } from 'vitest';
import { Broker } from '../broker.ts';
import { RawConnection } from '../testing/raw-connection.ts';
import { TestBroker } from '../testing/test-broker.ts';
import { ShareClient } from './testing/share-client.ts';

const ACCEPT = 1;
const RECORDS = 60;

function startBroker(host: SimulatedHost): Promise<Broker> {
  const properties = {
    listeners: 'PLAINTEXT://0.0.0.0:9092',
    'advertised.listeners': 'PLAINTEXT://broker:9092',
    'share.coordinator.snapshot.update.records.per.snapshot': 3,
  };
  return Broker.start({ ...properties, 'log.dirs': '/data' }, { host });
}

const connect = (host: SimulatedHost) => RawConnection.open(host, { host: 'broker', port: 9092 });

/** Takes and accepts record by record until the broker is gone, or there is nothing left. */
async function work(client: ShareClient, accepted: Set<number>): Promise<void> {
  try {
    for (;;) {
      const taken = [...(await client.take({ maxRecords: 7, maxWaitMs: 200, shareAcquireMode: 1 })).keys()];
      if (taken.length === 0) return;
      for (const offset of taken) {
        if ((await client.acknowledge([[offset, offset, ACCEPT]])) === 0) accepted.add(offset);
      }
    }
  } catch {
    // The broker was killed.
  }
}

describe('a share group whose broker is killed', () => {
  it.each(Array.from({ length: 5 }, (_, seed) => seed))(
    'gets every record that it has not accepted, and none that it has, seed %i',
    async (seed) => {
      const simulation = new Simulation({ seed });
      await simulation.run(async () => {
        const node = simulation.host('broker');
        const host = simulation.host('client');
        await startBroker(node);
        const client = new ShareClient(await connect(host));
        await client.prepare();
        await client.join();
        await client.produce(Array.from({ length: RECORDS }, String));
        const accepted = new Set<number>();
        const working = work(client, accepted);
        await simulation.sleep(20 + simulation.random.float() * 100);
        node.kill();
        await working;

        const broker = await startBroker(simulation.restart(node));
        const again = new ShareClient(await connect(host));
        again.topicId = client.topicId;
        const rest = new Set<number>();
        await work(again, rest);
        const twice = [...rest].filter((offset) => accepted.has(offset));
        expect(twice).toEqual([]);
        // The answer to the last acknowledgement may have been lost on its way.
        expect(RECORDS - accepted.size - rest.size).toBeLessThanOrEqual(1);
        expect(accepted.size).toBeGreaterThan(0);
        await broker.close();
      });
    },
  );
});

describe('a share group whose broker is restarted', () => {
  it('goes on from where it was, and takes up records that were held', async () => {
    const host = memoryHost();
    const first = await TestBroker.start({}, host);
    const client = new ShareClient(await first.connect());
    await client.prepare();
    await client.join();
    await client.produce(['a', 'b', 'c', 'd']);
    await client.take();
    await client.acknowledge([
      [0, 0, ACCEPT],
      [2, 2, ACCEPT],
    ]);
    await first[Symbol.asyncDispose]();

    await using second = await TestBroker.start({}, host);
    const again = client.another(await second.connect(), client.memberId);
    expect([...(await again.take()).keys()]).toEqual([1, 3]);
  });

  it('does so too when its log was cut in the meantime', async () => {
    const host = memoryHost();
    const first = await TestBroker.start({}, host);
    const client = new ShareClient(await first.connect());
    await client.prepare();
    await client.join();
    await client.produce(Array.from({ length: 150 }, String));
    await client.take({ maxRecords: 150, batchSize: 1 });
    for (let offset = 0; offset < 149; offset++) await client.acknowledge([[offset, offset, ACCEPT]]);
    await first.broker.shareCoordinator.prune();
    const cut = [...first.broker.partitions.all()].filter(
      ({ topic, log }) => topic === '__share_group_state' && log.logStartOffset > 0,
    );
    expect(cut).toHaveLength(1);
    expect(cut[0]!.log.logEndOffset - cut[0]!.log.logStartOffset).toBe(1);
    await first[Symbol.asyncDispose]();

    await using second = await TestBroker.start({}, host);
    const again = client.another(await second.connect(), client.memberId);
    expect([...(await again.take()).keys()]).toEqual([149]);
  });
});
