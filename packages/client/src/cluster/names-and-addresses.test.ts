import { Simulation, type Host } from '@millrace/host';
import { describe, expect, it } from 'vitest';
import { Admin } from '../admin/admin.ts';
import { Producer } from '../producer/producer.ts';
import { readTopic } from '../testing/read-topic.ts';
import { startBroker } from '../testing/start-broker.ts';

/** What a name server says: a machine by name. Names it does not know fail as Node's lookup does. */
class NameServer {
  readonly names = new Map<string, string>();
  lookups: string[] = [];

  /** The host, with its names resolved here, anew for each connection. */
  serve(host: Host): Host {
    const { network } = host;
    const connect: typeof network.connect = (address, options) => {
      this.lookups.push(address.host);
      const machine = this.names.get(address.host);
      if (machine !== undefined) return network.connect({ ...address, host: machine }, options);
      return Promise.reject(
        Object.assign(new Error(`getaddrinfo ENOTFOUND ${address.host}`), { code: 'ENOTFOUND' }),
      );
    };
    return {
      clock: host.clock,
      timers: host.timers,
      random: host.random,
      disk: host.disk,
      mayUseThreads: host.mayUseThreads ?? false,
      network: { listen: (...parameters) => network.listen(...parameters), connect },
    };
  }
}

interface World {
  readonly simulation: Simulation;
  readonly names: NameServer;
  readonly client: Host;
  readonly startNode: (machine: string) => Promise<void>;
}

/** Machines whose brokers all call themselves `kafka.example`. */
async function inWorld(body: (world: World) => Promise<void>): Promise<void> {
  const simulation = new Simulation({ seed: 1 });
  await simulation.run(async () => {
    const names = new NameServer();
    const client = names.serve(simulation.host('client'));
    const properties = {
      listeners: 'PLAINTEXT://0.0.0.0:9092',
      'advertised.listeners': 'PLAINTEXT://kafka.example:9092',
    };
    const startNode = async (machine: string) =>
      void (await startBroker(properties, simulation.host(machine)));
    await body({ simulation, names, client, startNode });
  });
}

const SERVERS = { 'bootstrap.servers': 'kafka.example:9092' };

describe('a name of a broker', () => {
  it('that does not resolve is what the error says, after the time that the call may take', () =>
    inWorld(async ({ client, simulation }) => {
      await using admin = new Admin({ ...SERVERS, 'default.api.timeout.ms': 3000 }, { host: client });
      const beganMs = simulation.nowMs;
      await expect(admin.describeCluster()).rejects.toMatchObject({
        code: 'ERR_CLIENT_TIMEOUT',
        message: expect.stringContaining('getaddrinfo ENOTFOUND kafka.example'),
      });
      expect(simulation.nowMs - beganMs).toBeLessThanOrEqual(3000);
    }));

  it('with several addresses, all of them dead, is an error that names each', () =>
    inWorld(async ({ client }) => {
      const refused = ['10.0.0.1:9092', '10.0.0.2:9092'].map((at) => new Error(`connect ECONNREFUSED ${at}`));
      // What Node's net rejects with when it has tried them all.
      const connect = () => Promise.reject(new AggregateError(refused, ''));
      const host = { ...client, network: { ...client.network, connect } };
      await using admin = new Admin({ ...SERVERS, 'default.api.timeout.ms': 500 }, { host });
      await expect(admin.describeCluster()).rejects.toThrow(
        /ECONNREFUSED 10\.0\.0\.1:9092; connect ECONNREFUSED 10\.0\.0\.2:9092/,
      );
    }));

  it('that resolves later is found then', () =>
    inWorld(async ({ client, names, simulation, startNode }) => {
      await startNode('one');
      await using admin = new Admin(SERVERS, { host: client });
      const described = admin.describeCluster();
      await simulation.sleep(5000);
      names.names.set('kafka.example', 'one');
      expect((await described).brokers).toHaveLength(1);
      // The back-off grows to a second: not a busy loop.
      expect(names.lookups.length).toBeLessThan(20);
    }));

  it('that does not resolve is passed over for the others', () =>
    inWorld(async ({ client, names, startNode }) => {
      await startNode('one');
      names.names.set('kafka.example', 'one');
      const servers = { 'bootstrap.servers': 'gone-a.example:9092,kafka.example:9092,gone-b.example:9092' };
      for (let round = 0; round < 5; round++) {
        await using admin = new Admin(servers, { host: client });
        expect((await admin.describeCluster()).brokers).toHaveLength(1);
      }
    }));

  it('is resolved for each connection: a producer follows it to another machine, and another cluster', () =>
    inWorld(async ({ client, names, simulation, startNode }) => {
      await startNode('one');
      await startNode('two');
      names.names.set('kafka.example', 'one');
      const producer = new Producer({ ...SERVERS, 'request.timeout.ms': 2000 }, { host: client });
      await producer.send({ topic: 'orders', value: 'on one' });
      names.names.set('kafka.example', 'two');
      simulation.network.partition({ from: 'client', to: 'one' });
      await producer.send({ topic: 'orders', value: 'on two' });
      await producer.close();
      const found = await readTopic(client, 'kafka.example:9092', 'orders');
      expect(found.map(({ value }) => String(value))).toEqual(['on two']);
    }));
});

/** As above, but the client looks names up by itself, as on a real machine. */
async function withNames(
  machines: readonly string[],
  body: (world: { simulation: Simulation; client: Host }) => Promise<void>,
): Promise<void> {
  const simulation = new Simulation({ seed: 2 });
  await simulation.run(async () => {
    const client = simulation.host('client');
    for (const machine of machines) {
      const properties = {
        listeners: 'PLAINTEXT://0.0.0.0:9092',
        'advertised.listeners': 'PLAINTEXT://kafka.example:9092',
        'node.id': String(machines.indexOf(machine) + 1),
      };
      await startBroker(properties, simulation.host(machine));
    }
    await body({ simulation, client });
  });
}

describe('a name with several addresses', () => {
  it('is good for a connection while one of them answers', () =>
    withNames(['one', 'two'], async ({ simulation, client }) => {
      simulation.network.names.set('kafka.example', ['nowhere', 'one']);
      await using admin = new Admin(SERVERS, { host: client });
      expect((await admin.describeCluster()).brokers).toHaveLength(1);
    }));

  it('does not wait long for one that is silent', () =>
    withNames(['one', 'two'], async ({ simulation, client }) => {
      simulation.network.names.set('kafka.example', ['two', 'one']);
      simulation.network.partition({ from: 'client', to: 'two' });
      await using admin = new Admin(SERVERS, { host: client });
      const beganMs = simulation.nowMs;
      await admin.describeCluster();
      // Connections of two kinds; the second begins with the address that was good.
      expect(simulation.nowMs - beganMs).toBeLessThan(600);
    }));

  it('fails with the failures of all of them', () =>
    withNames(['one'], async ({ simulation, client }) => {
      simulation.network.names.set('kafka.example', ['nowhere', 'neverland']);
      await using admin = new Admin({ ...SERVERS, 'default.api.timeout.ms': 2000 }, { host: client });
      await expect(admin.describeCluster()).rejects.toThrow(/ENOTFOUND nowhere.*ENOTFOUND neverland/);
    }));

  it('may come to stand for other machines while the client runs', () =>
    withNames(['one', 'two'], async ({ simulation, client }) => {
      simulation.network.names.set('kafka.example', ['one']);
      await using producer = new Producer({ ...SERVERS, 'request.timeout.ms': 2000 }, { host: client });
      await producer.send({ topic: 'orders', value: 'on one' });
      simulation.network.names.set('kafka.example', ['two']);
      simulation.network.partition({ from: 'client', to: 'one' });
      await producer.send({ topic: 'orders', value: 'on two' });
    }));

  it('is a broker for each address with resolve_canonical_bootstrap_servers_only', () =>
    withNames(['one', 'two'], async ({ simulation, client }) => {
      simulation.network.names.set('all.example', ['one', 'two']);
      simulation.network.names.set('a.example', ['one']);
      simulation.network.names.set('b.example', ['two']);
      simulation.network.names.set('kafka.example', ['one', 'two']);
      const asked: string[] = [];
      const { network } = client;
      const watched = {
        listen: network.listen.bind(network),
        connect: network.connect.bind(network),
        canonicalName: network.canonicalName!.bind(network),
        resolve: (host: string) => (asked.push(host), network.resolve!(host)),
      };
      const { clock, timers, random, disk } = client;
      const host: Host = { clock, timers, random, disk, mayUseThreads: false, network: watched };
      const properties = {
        'bootstrap.servers': 'all.example:9092',
        'client.dns.lookup': 'resolve_canonical_bootstrap_servers_only',
      };
      await using admin = new Admin(properties, { host });
      await admin.describeCluster();
      expect(asked[0]).toBe('all.example');
      expect(['a.example', 'b.example']).toContain(asked[1]);
    }));

  it('is looked up again when nothing of the cluster can be reached (KIP-899)', () =>
    withNames(['one', 'two'], async ({ simulation, client }) => {
      simulation.network.names.set('boot.example', ['one']);
      simulation.network.names.set('kafka.example', ['one']);
      const properties = { 'bootstrap.servers': 'boot.example:9092', 'request.timeout.ms': 1000 };
      await using producer = new Producer(properties, { host: client });
      await producer.send({ topic: 'orders', value: 'on one' });
      simulation.network.partition({ from: 'client', to: 'one' });
      simulation.network.names.set('boot.example', ['two']);
      simulation.network.names.set('kafka.example', []);
      const sent = producer.send({ topic: 'orders', value: 'on two' });
      await simulation.sleep(20_000);
      simulation.network.names.set('kafka.example', ['two']);
      await sent;
    }));
});
