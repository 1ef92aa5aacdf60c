import type { Connection, Host, Timer } from '@millrace/host';

/** After so long without an answer the next address is tried as well (RFC 8305). */
const NEXT_ADDRESS_MS = 250;

export interface OpenedAt {
  readonly address: string;
  readonly connection: Connection;
}

/**
 * Tries one address after the other, each when the one before has failed or is slow; the first that opens is taken, and
 * the others are given up.
 * @throws the signal's reason; an AggregateError without a message of its own when none opens
 */
export function firstToOpen(
  host: Host,
  addresses: readonly string[],
  open: (address: string, signal: AbortSignal) => Promise<Connection>,
  signal: AbortSignal,
): Promise<OpenedAt> {
  const { promise, resolve, reject } = Promise.withResolvers<OpenedAt>();
  const losers = new AbortController();
  const limit = AbortSignal.any([signal, losers.signal]);
  const errors: unknown[] = [];
  let started = 0;
  let timer: Timer | undefined;
  const opened = (address: string) => (connection: Connection) => {
    timer?.cancel();
    if (limit.aborted) {
      // Two may open in the same moment.
      connection.destroy();
      return;
    }
    losers.abort(new Error('another address was faster'));
    resolve({ address, connection });
  };
  const failed = (error: unknown): void => {
    errors.push(error);
    if (errors.length < addresses.length && !limit.aborted) {
      tryNext();
      return;
    }
    timer?.cancel();
    reject(signal.aborted ? signal.reason : new AggregateError(errors, ''));
  };
  const tryNext = (): void => {
    timer?.cancel();
    const address = addresses[started++];
    if (address === undefined || limit.aborted) return;
    if (started < addresses.length) timer = host.timers.schedule(NEXT_ADDRESS_MS, tryNext);
    open(address, limit).then(opened(address), failed);
  };
  tryNext();
  return promise;
}
