import { Simulation, type SimulatedHost, type SimulationEvent } from '@millrace/host';
import { describe, expect, test } from 'vitest';
import { append, createTopic } from './testing/requests.ts';
import { TestBroker } from './testing/test-broker.ts';

/** The properties under which a node alone is a quorum of one, with and without the listener that others would use. */
const nodesAlone = [
  ['without a listener for controllers', {}],
  [
    'with a listener for controllers',
    {
      listeners: 'PLAINTEXT://127.0.0.1:0,CONTROLLER://127.0.0.1:0',
      'controller.listener.names': 'CONTROLLER',
    },
  ],
] as const;

/** Time stands still as long as anything can be done, so that a timer fires only if everybody waits for it. */
class ObservedStart {
  readonly simulation: Simulation;
  host: SimulatedHost;
  #events: SimulationEvent[] = [];

  constructor() {
    this.simulation = new Simulation({ seed: 'start', onEvent: (event) => this.#events.push(event) });
    this.host = this.simulation.host('node-1');
  }

  /** What has been waited for since the last call. */
  waits(): { readonly timersMs: number[]; readonly syncs: string[] } {
    const events = this.#events;
    this.#events = [];
    return {
      timersMs: events.filter(({ kind }) => kind === 'timer').map(({ timeMs }) => timeMs),
      syncs: events.flatMap(({ label }) => /^fd?(?:ata)?sync (.*)$/.exec(label)?.[1] ?? []),
    };
  }

  /** The process is gone without a stop; what it left is found by the next one. */
  kill(): void {
    this.host.kill();
    this.host = this.simulation.restart(this.host);
    this.waits();
  }
}

describe.each(nodesAlone)('a node alone %s', (_, properties) => {
  test('starts, creates a topic and acknowledges a record without waiting for any timer', async () => {
    const observed = new ObservedStart();
    await observed.simulation.run(async () => {
      await using server = await TestBroker.start(properties, observed.host);
      const connection = await server.connect();
      await createTopic(connection, 'orders');
      expect(await append(connection, 'orders', ['first'])).toBe(0);
      expect(observed.waits().timersMs).toEqual([]);
    });
  });

  test.each(['stopped', 'killed'])('starts again without waiting for any timer after it was %s', (how) => {
    const observed = new ObservedStart();
    return observed.simulation.run(async () => {
      const first = await TestBroker.start(properties, observed.host);
      await createTopic(await first.connect(), 'orders');
      if (how === 'stopped') await first[Symbol.asyncDispose]();
      observed.kill();
      await using second = await TestBroker.start(properties, observed.host);
      expect(await append(await second.connect(), 'orders', ['first'])).toBe(0);
      expect(observed.waits().timersMs).toEqual([]);
    });
  });

  /** Each is a wait for the disk. Whoever adds one here makes every first start slower by it. */
  test('syncs at its first start what it writes, the directories that name it, and nothing more', async () => {
    const observed = new ObservedStart();
    await observed.simulation.run(async () => {
      await using _server = await TestBroker.start(properties, observed.host);
      expect(observed.waits().syncs).toEqual([
        '/',
        '/data/bootstrap.checkpoint',
        '/',
        '/data/meta.properties.tmp',
        '/data',
        '/data',
        '/data/__cluster_metadata-0/quorum-state.tmp',
        '/data/__cluster_metadata-0',
        '/data/__cluster_metadata-0/partition.metadata',
        '/data/__cluster_metadata-0',
        '/data/__cluster_metadata-0/00000000000000000000.log',
        '/data/__cluster_metadata-0/leader-epoch-checkpoint',
        '/data/__cluster_metadata-0',
        '/data',
        '/data/__cluster_metadata-0/00000000000000000000.log',
      ]);
    });
  });

  test('syncs at a later start its vote, its epoch, and its registration in one', async () => {
    const observed = new ObservedStart();
    await observed.simulation.run(async () => {
      const first = await TestBroker.start(properties, observed.host);
      await first[Symbol.asyncDispose]();
      observed.kill();
      await using _second = await TestBroker.start(properties, observed.host);
      expect(observed.waits().syncs).toEqual([
        '/data/__cluster_metadata-0/quorum-state.tmp',
        '/data/__cluster_metadata-0',
        '/data/__cluster_metadata-0/leader-epoch-checkpoint.tmp',
        '/data/__cluster_metadata-0',
        '/data/__cluster_metadata-0/00000000000000000000.log',
        '/data/__cluster_metadata-0/00000000000000000000.log',
      ]);
    });
  });
});
