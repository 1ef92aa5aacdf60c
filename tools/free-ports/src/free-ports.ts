import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/**
 * Below what systems give to outgoing connections (Linux from 32,768 on, others from 49,152), which could take a port
 * between its choice and its use. Port 0 would be answered with one of those.
 */
const FIRST_PORT = 20_000;
const LAST_PORT = 32_000;

/** For nodes that must know each other's addresses, or processes that must be told theirs, before any of them runs. */
export async function freePorts(count: number): Promise<number[]> {
  const ports = new Set<number>();
  while (ports.size < count) {
    const port = randomInt(FIRST_PORT, LAST_PORT);
    if (await isFree(port)) ports.add(port);
  }
  return [...ports];
}

/** A port of 127.0.0.1 that nobody listens on. Where several are needed ask for them at once, so that they differ. */
export async function freePort(): Promise<number> {
  const [port] = await freePorts(1);
  return port!;
}

function isFree(port: number): Promise<boolean> {
  const server = createServer();
  return new Promise((resolve) => {
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
