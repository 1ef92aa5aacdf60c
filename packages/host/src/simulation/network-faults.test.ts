import { describe, expect, test } from 'vitest';
import { countingBytes, RecordedConnection } from '../testing/recorded-connection.ts';
import type { SimulatedHost } from './simulated-host.ts';
import { Simulation } from './simulation.ts';

/** Both ends of one connection; the far one echoes what it gets. */
interface Ends {
  readonly near: RecordedConnection;
  readonly far: RecordedConnection;
}

interface Net {
  readonly simulation: Simulation;
  readonly client: SimulatedHost;
  readonly server: SimulatedHost;
  readonly listen: (server: SimulatedHost) => Promise<void>;
  readonly connect: (timeoutMs?: number) => Promise<Ends>;
}

const BETWEEN = { from: 'client', to: 'server' };
const SERVER = { host: 'server', port: 9092 };

function onNetwork(name: string, body: (net: Net) => Promise<void>): void {
  test(name, () => runOnNetwork(1, body));
}

async function runOnNetwork(seed: number, body: (net: Net) => Promise<void>): Promise<void> {
  const simulation = new Simulation({ seed });
  const [client, server] = [simulation.host('client'), simulation.host('server')];
  const acceptedByPort = new Map<number, PromiseWithResolvers<RecordedConnection>>();
  const acceptedFrom = (port: number): PromiseWithResolvers<RecordedConnection> => {
    const entry = acceptedByPort.get(port) ?? Promise.withResolvers<RecordedConnection>();
    acceptedByPort.set(port, entry);
    return entry;
  };
  const listen = async (host: SimulatedHost): Promise<void> => {
    await host.network.listen({ host: '0.0.0.0', port: SERVER.port }, (connection) => {
      const far = new RecordedConnection(connection, (chunk, from) => from.write([chunk]));
      acceptedFrom(connection.remote.port).resolve(far);
    });
  };
  const connect = async (timeoutMs = 10_000): Promise<Ends> => {
    const near = new RecordedConnection(await client.network.connect(SERVER, { timeoutMs }));
    return { near, far: await acceptedFrom(near.connection.local.port).promise };
  };
  await simulation.run(async () => {
    await listen(server);
    await body({ simulation, client, server, listen, connect });
  });
}

describe('links', () => {
  onNetwork('delay what goes over them', async ({ simulation, connect }) => {
    simulation.network.configureLink(BETWEEN, { latencyMs: [40, 60] });
    const { near } = await connect();
    const startMs = simulation.nowMs;
    near.write('x');
    await near.receivedAtLeast(1);
    const roundTripMs = simulation.nowMs - startMs;
    expect(roundTripMs).toBeGreaterThanOrEqual(80);
    expect(roundTripMs).toBeLessThanOrEqual(120);
  });

  onNetwork('share their rate between connections', async ({ simulation, connect }) => {
    const connections = [await connect(), await connect()];
    simulation.network.configureLink({ ...BETWEEN, oneWay: true }, { bytesPerSec: 1_000_000 });
    const startMs = simulation.nowMs;
    for (const { near } of connections) near.write(Buffer.alloc(500_000));
    await Promise.all(connections.map(({ far }) => far.receivedAtLeast(500_000)));
    expect(simulation.nowMs - startMs).toBeGreaterThan(1000);
    expect(simulation.nowMs - startMs).toBeLessThan(1010);
  });

  test('keep the order of what was stuck in a partition and what was sent before its end', async () => {
    for (let seed = 0; seed < 20; seed++) {
      await runOnNetwork(seed, async ({ simulation, connect }) => {
        const { near, far } = await connect();
        simulation.network.configureLink(BETWEEN, { latencyMs: [40, 60] });
        near.write('a');
        simulation.network.partition(BETWEEN);
        await simulation.sleep(62);
        near.write('b');
        await simulation.sleep(5);
        simulation.network.heal(BETWEEN);
        await far.receivedAtLeast(2);
        expect(String(far.content)).toBe('ab');
      });
    }
  });

  test('keep the order within a connection, not between two', async () => {
    let overtaken = 0;
    for (let seed = 0; seed < 20; seed++) {
      await runOnNetwork(seed, async ({ connect }) => {
        const [first, second] = [await connect(), await connect()];
        const bytes = countingBytes(300_000);
        first.near.write('a');
        second.near.write('b');
        first.near.write(bytes);
        await Promise.race([first.far.receivedAtLeast(1), second.far.receivedAtLeast(1)]);
        if (first.far.receivedBytes === 0) overtaken++;
        await first.far.receivedAtLeast(300_001);
        expect(first.far.content.subarray(1).equals(bytes)).toBe(true);
      });
    }
    expect(overtaken).toBeGreaterThan(0);
    expect(overtaken).toBeLessThan(20);
  });

  test('cut segments where no write ended', async () => {
    const sizes = new Set<number>();
    for (let seed = 0; seed < 50; seed++) {
      await runOnNetwork(seed, async ({ connect }) => {
        const { near, far } = await connect();
        near.write('0123456789');
        await far.receivedAtLeast(10);
        for (const chunk of far.chunks) sizes.add(chunk.length);
      });
    }
    expect(sizes.size).toBeGreaterThan(3);
  });

  onNetwork('break connections by chance, for both ends', async ({ simulation, connect }) => {
    const { near, far } = await connect();
    simulation.network.configure({ resetChance: 1 });
    near.write('x');
    expect(await near.closed).toMatchObject({ code: 'ECONNRESET' });
    expect(await far.closed).toMatchObject({ code: 'ECONNRESET' });
    expect(simulation.network.openEnds).toBe(0);
  });
});

describe('a partition', () => {
  onNetwork('holds bytes back until it heals', async ({ simulation, connect }) => {
    const { near, far } = await connect();
    simulation.network.partition(BETWEEN);
    near.write('during');
    near.connection.end();
    await simulation.sleep(60_000);
    expect(far.calls).toEqual([]);
    simulation.network.heal(BETWEEN);
    expect(await near.closed).toBeUndefined();
    expect(near.content.toString()).toBe('during');
  });

  onNetwork('one way lets the other way through', async ({ simulation, connect }) => {
    const { near, far } = await connect();
    simulation.network.partition({ from: 'server', to: 'client', oneWay: true });
    near.write('question');
    await far.receivedAtLeast(8);
    await simulation.sleep(10_000);
    expect(near.receivedBytes).toBe(0);
    simulation.network.healAll();
    await near.receivedAtLeast(8);
  });

  onNetwork('lets connecting time out, or through when it heals in time', async ({ simulation, connect }) => {
    simulation.network.partition(BETWEEN);
    const startMs = simulation.nowMs;
    await expect(connect(5000)).rejects.toMatchObject({
      code: 'ETIMEDOUT',
      syscall: 'connect',
      message: 'connect ETIMEDOUT server:9092',
    });
    expect(simulation.nowMs - startMs).toBe(5000);
    const connecting = connect(5000);
    await simulation.sleep(1000);
    simulation.network.heal(BETWEEN);
    const { near } = await connecting;
    near.write('x');
    await near.receivedAtLeast(1);
  });

  onNetwork('lets connecting time out by itself, as Linux does', async ({ simulation, client }) => {
    simulation.network.partition({ from: 'server', to: 'client', oneWay: true });
    await expect(client.network.connect(SERVER)).rejects.toMatchObject({ code: 'ETIMEDOUT' });
    expect(simulation.nowMs).toBeGreaterThan(100_000);
  });

  onNetwork('lets a connect be aborted', async ({ simulation, client }) => {
    simulation.network.partition(BETWEEN);
    const controller = new AbortController();
    const connecting = client.network.connect(SERVER, { signal: controller.signal });
    const reason = new Error('enough');
    void simulation.sleep(100).then(() => controller.abort(reason));
    await expect(connecting).rejects.toBe(reason);
    simulation.network.healAll();
    await simulation.sleep(100);
    expect(simulation.network.openEnds).toBe(0);
  });

  onNetwork(
    'ends a connection that cannot get its bytes through in a quarter of an hour',
    async ({ simulation, connect }) => {
      const { near } = await connect();
      simulation.network.partition(BETWEEN);
      near.write('x');
      expect(await near.closed).toMatchObject({ code: 'ETIMEDOUT' });
      expect(simulation.nowMs).toBeGreaterThan(900_000);
    },
  );

  onNetwork('pushes back on the sender', async ({ simulation, connect }) => {
    const { near } = await connect();
    simulation.network.partition(BETWEEN);
    expect(near.write(Buffer.alloc(10_000_000))).toBe(false);
    await simulation.sleep(1000);
    expect(near.connection.bufferedBytes).toBeGreaterThan(9_000_000);
    simulation.network.heal(BETWEEN);
    await near.drained();
  });
});

describe('the end of a host', () => {
  onNetwork('by a kill closes its connections and refuses new ones', async ({ server, connect }) => {
    const { near } = await connect();
    server.kill();
    expect(await near.closed).toBeUndefined();
    await expect(connect()).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });

  onNetwork('by a power loss leaves peers half open', async ({ simulation, server, connect }) => {
    const { near } = await connect();
    server.crash();
    await simulation.sleep(3_600_000);
    expect(near.calls).toEqual([]);
    await expect(connect()).rejects.toMatchObject({ code: 'ETIMEDOUT' });
  });

  onNetwork(
    'by a power loss resets a peer that writes, once the machine is back',
    async ({ simulation, server, connect }) => {
      const { near } = await connect();
      server.crash();
      near.write('lost');
      await simulation.sleep(1000);
      expect(near.calls).toEqual([]);
      simulation.restart(server);
      expect(await near.closed).toMatchObject({ code: 'ECONNRESET', syscall: 'read' });
    },
  );

  onNetwork(
    'by a power loss resets a peer that ends, once the machine is back',
    async ({ simulation, server, connect }) => {
      const { near } = await connect();
      server.crash();
      near.connection.end();
      await simulation.sleep(1000);
      expect(near.calls).toEqual([]);
      simulation.restart(server);
      expect(await near.closed).toMatchObject({ code: 'ECONNRESET' });
    },
  );

  onNetwork('frees its ports for the next incarnation', async ({ simulation, server, listen, connect }) => {
    server.crash();
    await listen(simulation.restart(server));
    const { near } = await connect();
    near.write('again');
    await near.receivedAtLeast(5);
  });

  onNetwork('still lets arrive what was on the wire', async ({ simulation, server, connect }) => {
    const { near, far } = await connect();
    far.write('last words');
    server.crash();
    await simulation.sleep(10);
    expect(near.content.toString()).toBe('last words');
    expect(near.calls).not.toContain('close');
  });
});

describe('addresses', () => {
  onNetwork('keep loopback listeners from other hosts', async ({ client, server }) => {
    const listener = await server.network.listen({ host: '127.0.0.1', port: 0 }, () => {});
    const { port } = listener.address;
    await expect(client.network.connect({ host: 'server', port })).rejects.toMatchObject({
      code: 'ECONNREFUSED',
    });
    await server.network.connect({ host: 'localhost', port });
  });

  onNetwork('are those of the host', async ({ server }) => {
    await expect(server.network.listen({ host: 'client', port: 0 }, () => {})).rejects.toMatchObject({
      code: 'EADDRNOTAVAIL',
    });
  });

  onNetwork('tell both ends who the other is', async ({ connect }) => {
    const { near, far } = await connect();
    expect(near.connection.remote).toEqual(SERVER);
    expect(near.connection.local.host).toBe('client');
    expect(far.connection.remote).toEqual(near.connection.local);
    expect(far.connection.local).toEqual(SERVER);
  });
});

describe('resetConnections', () => {
  onNetwork(
    'breaks what is open between two hosts and nothing else',
    async ({ simulation, server, connect }) => {
      const { near } = await connect();
      await server.network.listen({ host: '127.0.0.1', port: 1 }, (connection) => {
        void new RecordedConnection(connection, (chunk, from) => from.write([chunk]));
      });
      const local = new RecordedConnection(await server.network.connect({ host: '127.0.0.1', port: 1 }));
      simulation.network.resetConnections('client', 'server');
      expect(await near.closed).toMatchObject({ code: 'ECONNRESET' });
      local.write('fine');
      await local.receivedAtLeast(4);
    },
  );
});

describe('late segments', () => {
  onNetwork('arrive after their sender was told that the connection is broken', async (net) => {
    const { simulation, connect } = net;
    const { near, far } = await connect();
    const other = await connect();
    simulation.network.configureLink({ ...BETWEEN, oneWay: true }, { lateChance: 1, lateMs: [500, 500] });
    near.write('once');
    expect(await near.closed).toMatchObject({ code: 'ECONNRESET' });
    const brokenMs = simulation.nowMs;
    simulation.network.configureLink(BETWEEN, { lateChance: 0 });
    other.near.write('again');
    await other.far.receivedAtLeast(5);
    expect(far.receivedBytes).toBe(0);
    await far.receivedAtLeast(4);
    expect(simulation.nowMs - brokenMs).toBeGreaterThan(490);
    expect(await far.closed).toMatchObject({ code: 'ECONNRESET' });
    expect(far.content.toString()).toBe('once');
  });
});
