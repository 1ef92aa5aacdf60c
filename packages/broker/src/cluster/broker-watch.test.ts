import { silentLogger, Simulation, type SimulatedHost } from '@millrace/host';
import { describe, expect, it } from 'vitest';
import type { BrokerImage, ClusterImage } from '../metadata/cluster-image.ts';
import { emptyImage } from '../metadata/image-builder.ts';
import { BrokerWatch } from './broker-watch.ts';

const LISTENER = 'PLAINTEXT';
const PORT = 9092;

function imageWith(change: Partial<BrokerImage> = {}): ClusterImage {
  const endpoints = new Map([[LISTENER, { host: 'broker', port: PORT, securityProtocol: 0 }]]);
  const broker = { id: 2, epoch: 7, isFenced: false, endpoints, ...change } as BrokerImage;
  return { ...emptyImage, brokers: new Map([[broker.id, broker]]) };
}

class World implements AsyncDisposable {
  readonly simulation = new Simulation({ seed: 'watch' });
  readonly gone: number[] = [];
  readonly watch: BrokerWatch;

  constructor() {
    this.watch = new BrokerWatch({
      host: this.simulation.host('controller'),
      logger: silentLogger,
      nodeId: 1,
      security: {},
      addressOf: ({ endpoints }) => endpoints.get(LISTENER),
      onGone: async ({ epoch }) => void this.gone.push(epoch),
    });
  }

  get broker(): SimulatedHost {
    return this.simulation.host('broker');
  }

  async listen(): Promise<void> {
    const ignore = { onData: () => undefined, onDrain: () => undefined, onClose: () => undefined };
    const address = { host: 'broker', port: PORT };
    await this.broker.network.listen(address, (connection) => connection.start(ignore));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.watch.stop();
  }
}

function run(body: (world: World) => Promise<void>): Promise<void> {
  const world = new World();
  return world.simulation.run(async () => {
    await using _ended = world;
    await world.listen();
    await body(world);
  });
}

describe('the watch over brokers', () => {
  it('tells within moments that the process of a broker has ended', () =>
    run(async ({ simulation, watch, gone, broker }) => {
      watch.start(imageWith());
      await simulation.sleep(60_000);
      expect(gone).toEqual([]);
      broker.kill();
      await simulation.sleep(100);
      expect(gone).toEqual([7]);
    }));

  it('tells it of one that had ended before the watch began', () =>
    run(async ({ simulation, watch, gone, broker }) => {
      broker.kill();
      watch.start(imageWith());
      await simulation.sleep(100);
      expect(gone).toEqual([7]);
    }));

  it('leaves a machine that lost its power, or its network, to the session', () =>
    run(async ({ simulation, watch, gone, broker }) => {
      watch.start(imageWith());
      await simulation.sleep(1000);
      simulation.network.partition({ from: 'controller', to: 'broker' });
      await simulation.sleep(20_000);
      simulation.network.healAll();
      await simulation.sleep(1000);
      broker.crash();
      await simulation.sleep(20_000);
      expect(gone).toEqual([]);
    }));

  it('does not believe it twice of a broker that goes on living', () =>
    run(async ({ simulation, watch, gone, broker }) => {
      broker.kill();
      watch.start(imageWith());
      await simulation.sleep(100);
      watch.update(imageWith({ isFenced: true }));
      watch.update(imageWith());
      await simulation.sleep(5000);
      expect(gone).toEqual([7]);
      watch.update(imageWith({ epoch: 9 }));
      await simulation.sleep(100);
      expect(gone).toEqual([7, 9]);
    }));

  it('looks neither at this node, nor at fenced ones, nor once it has stopped', () =>
    run(async ({ simulation, watch, gone, broker }) => {
      broker.kill();
      watch.start(imageWith({ id: 1 }));
      watch.update(imageWith({ isFenced: true }));
      watch.stop();
      watch.update(imageWith());
      await simulation.sleep(5000);
      expect(gone).toEqual([]);
    }));
});
