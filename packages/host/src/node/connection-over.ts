import { isIP } from 'node:net';
import type { Duplex } from 'node:stream';
import tls from 'node:tls';
import type { Connection, SocketAddress, TlsClientOptions } from '../network.ts';
import { systemError } from '../system-error.ts';
import type { InPlaceReading } from './in-place-reading.ts';
import { NodeConnection } from './node-connection.ts';
import { secureContextOptions } from './tls-options.ts';

/** For `connectionOver()`. */
export interface ConnectionOverOptions {
  /** What is at the other end: the name a certificate must have. */
  readonly address: SocketAddress;
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
  readonly tls?: TlsClientOptions;
}

/**
 * A connection over a socket that somebody else has opened, for example through a proxy, with TLS on top if wanted. The
 * socket belongs to the connection from then on; it is destroyed when the handshake fails.
 */
export function connectionOver(socket: Duplex, options: ConnectionOverOptions): Promise<Connection> {
  if (options.tls === undefined) return Promise.resolve(new NodeConnection(socket));
  const { host } = options.address;
  const secure = tls.connect({ socket, host, ...tlsConnectOptions(options.tls, host) });
  return whenOpen(secure, 'secureConnect', options);
}

/** `tls.connect` in our terms. */
export function tlsConnectOptions(options: TlsClientOptions, address: string): tls.ConnectionOptions {
  const host = options.serverName ?? address;
  return {
    ...secureContextOptions(options),
    // An IP address is no server name (RFC 6066).
    ...(isIP(host) === 0 ? { servername: host } : {}),
    ...(options.verifiesHost === false ? { checkServerIdentity: () => undefined } : {}),
  };
}

interface WhenOpenOptions extends Omit<ConnectionOverOptions, 'tls'> {
  /** How the socket reads, if it was opened with that. */
  readonly reading?: InPlaceReading | undefined;
}

/** The connection once `openEvent` comes; rejects, and destroys the socket, when it cannot come in time. */
export function whenOpen(
  socket: Duplex,
  openEvent: 'connect' | 'secureConnect',
  { address, timeoutMs, signal, reading }: WhenOpenOptions,
): Promise<Connection> {
  if (signal?.aborted === true) {
    socket.destroy();
    return Promise.reject(signal.reason as Error);
  }
  return new Promise((resolve, reject) => {
    const timeout = timeoutMs === undefined ? undefined : setTimeout(onTimeout, timeoutMs);
    signal?.addEventListener('abort', onAbort);
    socket.once('error', onError);
    socket.once('close', onClose);
    socket.once(openEvent, () => {
      settle();
      socket.off('error', onError);
      socket.off('close', onClose);
      resolve(new NodeConnection(socket, reading));
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
    function onClose(): void {
      fail(systemError('ECONNRESET', { syscall: 'connect', address: address.host, port: address.port }));
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
