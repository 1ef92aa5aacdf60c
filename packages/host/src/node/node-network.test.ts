import { pbkdf2 } from 'node:crypto';
import { createServer, type Socket } from 'node:net';
import { once } from 'node:events';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import type { Connection } from '../network.ts';
import { nodeNetwork } from './node-network.ts';

test('connecting ends with ETIMEDOUT when the time is up', async () => {
  // Host names are looked up on libuv's threads. With those busy the connect waits, as it would for a silent peer.
  const busy = Array.from({ length: 12 }, () => promisify(pbkdf2)('', '', 150_000, 64, 'sha512'));
  const connecting = nodeNetwork.connect({ host: 'localhost', port: 1 }, { timeoutMs: 5 });
  await expect(connecting).rejects.toMatchObject({
    code: 'ETIMEDOUT',
    syscall: 'connect',
    message: 'connect ETIMEDOUT localhost:1',
  });
  await Promise.all(busy);
});

test('a name with several addresses fails with one plain error', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  const error: unknown = await nodeNetwork
    .connect({ host: 'localhost', port })
    .catch((reason: unknown) => reason);
  expect(error).not.toBeInstanceOf(AggregateError);
  expect(error).toMatchObject({
    code: 'ECONNREFUSED',
    message: expect.stringContaining(`:${port}`) as string,
  });
});

test('addresses of names are those that the operating system knows', async () => {
  expect(await nodeNetwork.resolve!('127.0.0.1')).toEqual(['127.0.0.1']);
  expect(await nodeNetwork.resolve!('::1')).toEqual(['::1']);
  const found = await nodeNetwork.resolve!('localhost');
  expect(found.every((address) => ['127.0.0.1', '::1'].includes(address))).toBe(true);
  expect(new Set(found).size).toBe(found.length);
  await expect(nodeNetwork.resolve!('no-such-name.invalid')).rejects.toMatchObject({
    syscall: 'getaddrinfo',
  });
});

test('an address without a name of its own is its own name', async () => {
  expect(await nodeNetwork.canonicalName!('no address at all')).toBe('no address at all');
});

describe('a connection that asks for memory', () => {
  test('has what comes put there, but for the first read', async () => {
    await using pair = await connected();
    const bytes = Buffer.alloc(3_000_000, 'abcdefg');
    const memory = Buffer.alloc(bytes.length);
    const chunks: Buffer[] = [];
    const { promise: whole, resolve } = Promise.withResolvers<void>();
    let filled = 0;
    const received = () => Buffer.concat([...chunks, memory.subarray(0, filled)]);
    const check = () => (received().length === bytes.length ? resolve() : undefined);
    pair.connection.start({
      onData(chunk) {
        chunks.push(chunk);
        check();
      },
      memory: () => memory.subarray(filled),
      onFilled(byteCount) {
        filled += byteCount;
        check();
      },
      onDrain() {},
      onClose() {},
    });
    pair.peer.write(bytes);
    await whole;
    expect(received().equals(bytes)).toBe(true);
    expect(filled).toBeGreaterThan(bytes.length - 5000);
  });

  test('gets chunks of its own while it has none', async () => {
    await using pair = await connected();
    const chunks: Buffer[] = [];
    const { promise: whole, resolve } = Promise.withResolvers<void>();
    const onData = (chunk: Buffer) => {
      chunks.push(chunk);
      if (Buffer.concat(chunks).length === 20_000) resolve();
    };
    pair.connection.start({ onData, onDrain() {}, onClose() {} });
    pair.peer.write(Buffer.alloc(10_000, 'a'));
    pair.peer.write(Buffer.alloc(10_000, 'b'));
    await whole;
    expect(Buffer.concat(chunks).toString()).toBe('a'.repeat(10_000) + 'b'.repeat(10_000));
  });

  test('misses nothing of a peer that speaks first', async () => {
    await using pair = await connected((peer) => peer.write('hello'));
    for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve));
    const { promise: greeting, resolve } = Promise.withResolvers<string>();
    pair.connection.start({ onData: (chunk) => resolve(String(chunk)), onDrain() {}, onClose() {} });
    expect(await greeting).toBe('hello');
  });
});

interface Pair extends AsyncDisposable {
  readonly connection: Connection;
  readonly peer: Socket;
}

/** One connection that asks for memory, and its other end. */
async function connected(onConnection: (peer: Socket) => void = () => {}): Promise<Pair> {
  const accepted = Promise.withResolvers<Socket>();
  const server = createServer((socket) => {
    onConnection(socket);
    accepted.resolve(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  const connection = await nodeNetwork.connect({ host: '127.0.0.1', port }, { asksForMemory: true });
  const peer = await accepted.promise;
  const close = async () => {
    connection.destroy();
    peer.destroy();
    await new Promise((resolve) => server.close(resolve));
  };
  return { connection, peer, [Symbol.asyncDispose]: close };
}
