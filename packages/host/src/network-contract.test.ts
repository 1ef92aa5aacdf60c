import { describe, expect, test } from 'vitest';
import type { Host } from './host.ts';
import type { Connection, ConnectOptions, Listener } from './network.ts';
import { hostWorlds } from './testing/host-worlds.ts';
import { countingBytes, RecordedConnection } from './testing/recorded-connection.ts';

/** Both ends of one connection, and what to close afterwards. */
interface Pair {
  readonly host: Host;
  readonly client: RecordedConnection;
  readonly server: RecordedConnection;
}

const LOOPBACK = { host: '127.0.0.1', port: 0 };

describe.each(hostWorlds)('the network of $name', (world) => {
  function behaves(name: string, body: (host: Host) => Promise<void>): void {
    test(name, () => world.run((host) => body(host)));
  }

  function connected(name: string, body: (pair: Pair) => Promise<void>): void {
    connectedWith({}, name, body);
    connectedWith({ asksForMemory: true }, `${name}, where memory is asked for`, body);
  }

  function connectedWith(options: ConnectOptions, name: string, body: (pair: Pair) => Promise<void>): void {
    behaves(name, async (host) => {
      const accepted = Promise.withResolvers<RecordedConnection>();
      const listener = await host.network.listen(LOOPBACK, (connection) => {
        accepted.resolve(new RecordedConnection(connection));
      });
      const client = new RecordedConnection(await host.network.connect(listener.address, options));
      const server = await accepted.promise;
      try {
        await body({ host, client, server });
      } finally {
        client.connection.destroy();
        server.connection.destroy();
        await Promise.all([client.closed, server.closed, listener.close()]);
      }
    });
  }

  connected('carries bytes both ways and knows both addresses', async ({ client, server }) => {
    client.write('ping');
    await server.receivedAtLeast(4);
    server.write('po', 'ng');
    await client.receivedAtLeast(4);
    expect(server.content.toString()).toBe('ping');
    expect(client.content.toString()).toBe('pong');
    expect(client.connection.remote).toEqual(server.connection.local);
    expect(client.connection.local).toEqual(server.connection.remote);
    expect(client.connection.local.host).toBe('127.0.0.1');
    expect(client.connection.local.port).toBeGreaterThan(0);
  });

  connected('keeps the order of gathered writes', async ({ client, server }) => {
    const sent: Buffer[] = [];
    for (let write = 0; write < 100; write++) {
      const chunks = Array.from({ length: write % 5 }, (_, index) => Buffer.alloc(write * 3, write + index));
      sent.push(...chunks);
      client.connection.write(chunks);
    }
    const expected = Buffer.concat(sent);
    await server.receivedAtLeast(expected.length);
    expect(server.content.equals(expected)).toBe(true);
  });

  connected('hands over chunks that later data does not overwrite', async ({ client, server }) => {
    const bytes = countingBytes(4_000_000);
    client.connection.write([bytes]);
    await server.receivedAtLeast(bytes.length);
    expect(server.content.equals(bytes)).toBe(true);
  });

  connected('pushes back on a sender whose peer does not read', async ({ host, client, server }) => {
    server.connection.pause();
    const bytes = countingBytes(32_000_000);
    expect(client.connection.write([bytes])).toBe(false);
    for (let turn = 0; turn < 20; turn++) await new Promise<void>((resolve) => host.timers.defer(resolve));
    expect(client.connection.bufferedBytes).toBeGreaterThan(0);
    expect(client.calls).toEqual([]);
    expect(server.calls).toEqual([]);
    server.connection.resume();
    await Promise.all([client.drained(), server.receivedAtLeast(bytes.length)]);
    expect(client.connection.bufferedBytes).toBe(0);
    expect(client.calls).toEqual(['drain']);
    expect(server.content.equals(bytes)).toBe(true);
  });

  connected(
    'announces a drain after a write that returned false, however fast it went out',
    async ({ client }) => {
      expect(client.connection.write([Buffer.alloc(100)])).toBe(true);
      expect(client.connection.write([Buffer.alloc(200_000)])).toBe(false);
      await client.drained();
      expect(client.connection.bufferedBytes).toBe(0);
    },
  );

  connected(
    'sends what is queued before an end, then closes both ends without an error',
    async ({ client, server }) => {
      const bytes = countingBytes(3_000_000);
      client.connection.write([bytes]);
      client.connection.end();
      expect(await server.closed).toBeUndefined();
      expect(await client.closed).toBeUndefined();
      expect(server.content.equals(bytes)).toBe(true);
      expect(server.calls.at(-1)).toBe('close');
    },
  );

  connected('still delivers the answer of a peer to a side that has ended', async ({ client, server }) => {
    const answer = countingBytes(2_000_000);
    server.connection.write([answer]);
    client.connection.end();
    expect(await client.closed).toBeUndefined();
    expect(client.content.equals(answer)).toBe(true);
    expect(await server.closed).toBeUndefined();
  });

  connected('reports the error of a destroy to its own side, once and last', async ({ client, server }) => {
    const reason = new Error('enough');
    client.connection.destroy(reason);
    client.connection.destroy(new Error('again'));
    client.connection.end();
    expect(await client.closed).toBe(reason);
    await server.closed;
    expect(client.calls).toEqual(['close']);
    expect(server.calls).toEqual(['close']);
  });

  connected('ignores writes after an end or a destroy', async ({ client, server }) => {
    client.connection.end();
    expect(client.write('late')).toBe(true);
    await Promise.all([client.closed, server.closed]);
    expect(client.write('later')).toBe(true);
    expect(server.content.length).toBe(0);
  });

  connected('drops what is queued on a destroy', async ({ client, server }) => {
    server.connection.pause();
    client.connection.write([Buffer.alloc(32_000_000)]);
    client.connection.destroy();
    expect(await client.closed).toBeUndefined();
    server.connection.resume();
    await server.closed;
    expect(server.receivedBytes).toBeLessThan(32_000_000);
  });

  connected('resets the peer of a side that was destroyed with bytes unread', async ({ client, server }) => {
    server.connection.pause();
    // The first bytes may have been on the way before pause() took effect; a reset needs unread ones in the kernel.
    client.connection.write([Buffer.alloc(32_000_000)]);
    server.connection.destroy();
    const error = await client.closed;
    expect(['ECONNRESET', 'EPIPE']).toContain((error as NodeJS.ErrnoException).code);
  });

  connected('reads nothing while paused, and goes on where it stopped', async ({ client, server }) => {
    client.write('first');
    await server.receivedAtLeast(5);
    server.connection.pause();
    client.write('second');
    client.connection.end();
    server.connection.resume();
    expect(await server.closed).toBeUndefined();
    expect(server.content.toString()).toBe('firstsecond');
  });

  connected('refuses a second start', async ({ client }) => {
    expect(() => {
      client.connection.start({ onData() {}, onDrain() {}, onClose() {} });
    }).toThrow('start() was called twice');
  });

  behaves('tells a start that comes after the close', async (host) => {
    const accepted = Promise.withResolvers<Connection>();
    const listener = await host.network.listen(LOOPBACK, accepted.resolve);
    const connection = await host.network.connect(listener.address);
    connection.destroy();
    const client = new RecordedConnection(connection);
    expect(await client.closed).toBeUndefined();
    const server = new RecordedConnection(await accepted.promise);
    await server.closed;
    await listener.close();
  });

  behaves('refuses a connection where nobody listens', async (host) => {
    const listener = await listening(host);
    const { address } = listener;
    await listener.close();
    await expect(host.network.connect(address)).rejects.toMatchObject({
      code: 'ECONNREFUSED',
      syscall: 'connect',
      port: address.port,
      message: `connect ECONNREFUSED 127.0.0.1:${address.port}`,
    });
  });

  behaves('says so when a port is taken', async (host) => {
    const listener = await listening(host);
    const { address } = listener;
    await expect(host.network.listen(address, () => {})).rejects.toMatchObject({ code: 'EADDRINUSE' });
    await expect(
      host.network.listen({ host: '0.0.0.0', port: address.port }, () => {}),
    ).rejects.toMatchObject({
      code: 'EADDRINUSE',
    });
    await listener.close();
    const again = await host.network.listen(address, () => {});
    expect(again.address).toEqual(address);
    await again.close();
  });

  behaves('keeps open connections when the listener closes', async (host) => {
    const accepted = Promise.withResolvers<RecordedConnection>();
    const listener = await host.network.listen(LOOPBACK, (connection) => {
      accepted.resolve(new RecordedConnection(connection, (chunk, from) => from.write([chunk])));
    });
    const client = new RecordedConnection(await host.network.connect(listener.address));
    const server = await accepted.promise;
    await listener.close();
    await listener.close();
    client.write('echo');
    await client.receivedAtLeast(4);
    client.connection.end();
    await Promise.all([client.closed, server.closed]);
  });

  behaves('reaches a listener on all addresses through the loopback', async (host) => {
    const accepted = Promise.withResolvers<Connection>();
    const listener = await host.network.listen({ host: '0.0.0.0', port: 0 }, accepted.resolve);
    const client = new RecordedConnection(
      await host.network.connect({ host: 'localhost', port: listener.address.port }),
    );
    const server = new RecordedConnection(await accepted.promise);
    client.connection.destroy();
    await Promise.all([client.closed, server.closed, listener.close()]);
    expect(listener.address.host).toBe('0.0.0.0');
  });

  behaves('gives up connecting when aborted, with the reason', async (host) => {
    const listener = await listening(host);
    const { address } = listener;
    const reason = new Error('changed my mind');
    await expect(host.network.connect(address, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    const controller = new AbortController();
    const connecting = host.network.connect(address, { signal: controller.signal });
    controller.abort(reason);
    await expect(connecting).rejects.toBe(reason);
    await listener.close();
  });

  behaves('leaves an open connection alone when its signal aborts later', async (host) => {
    const accepted = Promise.withResolvers<RecordedConnection>();
    const listener = await host.network.listen(LOOPBACK, (connection) => {
      accepted.resolve(new RecordedConnection(connection));
    });
    const controller = new AbortController();
    const { signal } = controller;
    const client = new RecordedConnection(
      await host.network.connect(listener.address, { signal, timeoutMs: 60_000 }),
    );
    controller.abort();
    client.write('still here');
    const server = await accepted.promise;
    await server.receivedAtLeast(10);
    client.connection.destroy();
    await Promise.all([client.closed, server.closed, listener.close()]);
  });

  behaves('says so when a name is unknown', async (host) => {
    await expect(host.network.connect({ host: 'nobody.invalid', port: 1 })).rejects.toMatchObject({
      code: expect.stringMatching(/^(ENOTFOUND|EAI_AGAIN)$/) as string,
      syscall: 'getaddrinfo',
    });
  });
});

async function listening(host: Host): Promise<Listener> {
  return host.network.listen(LOOPBACK, (connection) => {
    connection.start({ onData() {}, onDrain() {}, onClose() {} });
    connection.end();
  });
}
