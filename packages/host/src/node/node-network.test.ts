import { pbkdf2 } from 'node:crypto';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
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
