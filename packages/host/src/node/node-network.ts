import dns from 'node:dns/promises';
import net from 'node:net';
import tls from 'node:tls';
import type {
  Connection,
  ConnectOptions,
  Listener,
  ListenOptions,
  Network,
  SocketAddress,
  TlsCredentials,
  TlsServerOptions,
} from '../network.ts';
import { tlsConnectOptions, whenOpen } from './connection-over.ts';
import { InPlaceReading } from './in-place-reading.ts';
import { NodeConnection } from './node-connection.ts';
import { secureContextOptions } from './tls-options.ts';

/** Connections that may wait to be accepted; the kernel lowers it to its own limit (`net.core.somaxconn`). */
const LISTEN_BACKLOG = 4096;
/** A peer that has not finished its handshake by then is not slow but gone. */
const TLS_HANDSHAKE_TIMEOUT_MS = 20_000;
const SOCKET_OPTIONS = { noDelay: true, keepAlive: true } as const;

export const nodeNetwork: Network = { listen, connect, resolve, canonicalName };

function listen(
  address: SocketAddress,
  onConnection: (connection: Connection) => void,
  options: ListenOptions = {},
): Promise<Listener> {
  return new Promise((resolve, reject) => {
    const server =
      options.tls === undefined
        ? net.createServer(SOCKET_OPTIONS, (socket) => onConnection(new NodeConnection(socket)))
        : createTlsServer(options.tls, options, onConnection);
    server.once('error', reject);
    server.listen({ host: address.host, port: address.port, backlog: LISTEN_BACKLOG }, () => {
      server.off('error', reject);
      // Accepting may fail for a moment (EMFILE); the listener stays, and the next connection is another try.
      server.on('error', () => {});
      resolve(listenerOf(server, address));
    });
  });
}

function createTlsServer(
  { clientAuthentication = 'none', ...credentials }: TlsServerOptions,
  { onHandshakeError = () => {} }: ListenOptions,
  onConnection: (connection: Connection) => void,
): tls.Server {
  const server = tls.createServer({
    ...SOCKET_OPTIONS,
    ...secureContextOptions(credentials),
    handshakeTimeout: TLS_HANDSHAKE_TIMEOUT_MS,
    requestCert: clientAuthentication !== 'none',
    rejectUnauthorized: clientAuthentication === 'required',
  });
  server.on('tlsClientError', (error, socket) => {
    // Whose certificate is refused is just hung up on: the error would be that it has hung up.
    const problem: unknown = socket.authorizationError;
    const told = typeof problem === 'string' ? refusal(problem, error) : error;
    onHandshakeError(told, socket.remoteAddress ?? '');
  });
  server.on('secureConnection', (socket) => {
    // A certificate that is asked for may be missing, but not be a wrong one.
    const isWrong = !socket.authorized && socket.getPeerX509Certificate() !== undefined;
    if (isWrong && clientAuthentication !== 'none') {
      onHandshakeError(refusal(socket.authorizationError), socket.remoteAddress ?? '');
      socket.on('error', () => {});
      socket.destroy();
    } else onConnection(new NodeConnection(socket));
  });
  return server;
}

function refusal(problem: unknown, cause?: Error): Error {
  return new Error(`the certificate of the client is refused: ${String(problem)}`, { cause });
}

function listenerOf(server: net.Server, asked: SocketAddress): Listener {
  const bound = server.address();
  const address =
    typeof bound === 'object' && bound !== null ? { host: bound.address, port: bound.port } : asked;
  return {
    address,
    updateTls(credentials: TlsCredentials): void {
      if (!(server instanceof tls.Server)) throw new Error('The listener has no TLS');
      server.setSecureContext(secureContextOptions(credentials));
    },
    async close(): Promise<void> {
      // The port is free when close() returns. Its callback would wait for every open connection.
      if (server.listening) server.close();
    },
  };
}

function connect(address: SocketAddress, options: ConnectOptions = {}): Promise<Connection> {
  const { host, port } = address;
  if (options.signal?.aborted === true) return Promise.reject(options.signal.reason as Error);
  const { tls: security, asksForMemory = false, ...limits } = options;
  if (security === undefined) {
    const reading = asksForMemory ? new InPlaceReading() : undefined;
    const onread = reading === undefined ? {} : { onread: reading.onread };
    const socket = net.connect({ host, port, ...SOCKET_OPTIONS, ...onread });
    return whenOpen(socket, 'connect', { address, ...limits, reading });
  }
  try {
    const socket = tls.connect({ host, port, ...SOCKET_OPTIONS, ...tlsConnectOptions(security, host) });
    return whenOpen(socket, 'secureConnect', { address, ...limits });
  } catch (error) {
    return Promise.reject(error);
  }
}

/** As the operating system resolves names, `/etc/hosts` included. */
async function resolve(host: string): Promise<readonly string[]> {
  if (net.isIP(host) !== 0) return [host];
  const found = await dns.lookup(host, { all: true });
  return [...new Set(found.map(({ address }) => address))];
}

async function canonicalName(address: string): Promise<string> {
  try {
    return (await dns.lookupService(address, 0)).hostname;
  } catch {
    return address;
  }
}
