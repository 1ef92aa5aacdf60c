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
