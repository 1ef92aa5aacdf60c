import net from 'node:net';
import type { Connection, ConnectOptions, Listener, Network, SocketAddress } from '../network.ts';
import { systemError } from '../system-error.ts';
import { NodeConnection } from './node-connection.ts';

/** Connections that may wait to be accepted; the kernel lowers it to its own limit (`net.core.somaxconn`). */
const LISTEN_BACKLOG = 4096;
const SOCKET_OPTIONS = { noDelay: true, keepAlive: true } as const;

export const nodeNetwork: Network = { listen, connect };

function listen(address: SocketAddress, onConnection: (connection: Connection) => void): Promise<Listener> {
  const server = net.createServer(SOCKET_OPTIONS, (socket) => {
    onConnection(new NodeConnection(socket));
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host: address.host, port: address.port, backlog: LISTEN_BACKLOG }, () => {
      server.off('error', reject);
      // Accepting may fail for a moment (EMFILE); the listener stays, and the next connection is another try.
      server.on('error', () => {});
      resolve(listenerOf(server, address));
    });
  });
}

function listenerOf(server: net.Server, asked: SocketAddress): Listener {
  const bound = server.address();
  const address =
    typeof bound === 'object' && bound !== null ? { host: bound.address, port: bound.port } : asked;
  return {
    address,
    async close(): Promise<void> {
      // The port is free when close() returns. Its callback would wait for every open connection.
      if (server.listening) server.close();
    },
  };
}

function connect(address: SocketAddress, options: ConnectOptions = {}): Promise<Connection> {
  const { signal, timeoutMs } = options;
  if (signal?.aborted === true) return Promise.reject(signal.reason as Error);
  return new Promise((resolve, reject) => {
    const socket = net.connect({ host: address.host, port: address.port, ...SOCKET_OPTIONS });
    const timeout = timeoutMs === undefined ? undefined : setTimeout(onTimeout, timeoutMs);
    signal?.addEventListener('abort', onAbort);
    socket.once('error', onError);
    socket.once('connect', () => {
      settle();
      socket.off('error', onError);
      resolve(new NodeConnection(socket));
    });

    function settle(): void {
      clearTimeout(timeout);
      signal?.removeEventListener('abort', onAbort);
    }
    function fail(error: unknown): void {
      settle();
      socket.destroy();
      reject(error);
    }
    function onError(error: Error): void {
      fail(singleError(error));
    }
    function onTimeout(): void {
      fail(systemError('ETIMEDOUT', { syscall: 'connect', address: address.host, port: address.port }));
    }
    function onAbort(): void {
      fail(signal?.reason);
    }
  });
}

/** A name with several addresses fails with an `AggregateError` without a message; the first of its errors says more. */
function singleError(error: Error): Error {
  if (!(error instanceof AggregateError)) return error;
  const first: unknown = error.errors[0];
  return first instanceof Error ? first : error;
}
