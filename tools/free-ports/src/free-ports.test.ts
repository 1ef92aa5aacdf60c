import { createServer } from 'node:net';
import { expect, test } from 'vitest';
import { freePorts } from './free-ports.ts';

test('ports that are asked for together differ, and all of them can be listened on', async () => {
  const ports = await freePorts(50);
  expect(new Set(ports).size).toBe(50);
  const servers = ports.map((port) => createServer().listen(port, '127.0.0.1'));
  try {
    await Promise.all(
      servers.map((server) => new Promise((up, down) => server.once('listening', up).once('error', down))),
    );
  } finally {
    await Promise.all(servers.map((server) => new Promise((closed) => server.close(closed))));
  }
});

test('no port is one that an outgoing connection could be given', async () => {
  for (const port of await freePorts(50)) expect(port).toBeLessThan(32_768);
});
