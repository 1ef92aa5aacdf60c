import type { Connection, ConnectOptions, SocketAddress } from '../network.ts';
import { systemError } from '../system-error.ts';
import type { Incarnation } from './incarnation.ts';
import type { NetworkLink } from './network-link.ts';
import type { ScheduledEvent, Simulation } from './simulation.ts';
import type { SimulatedListener } from './simulated-listener.ts';

/** Linux gives up after about this long (tcp_syn_retries = 6). */
const DEFAULT_TIMEOUT_MS = 127_000;

export interface ConnectAttemptParts {
  readonly simulation: Simulation;
  readonly owner: Incarnation;
  readonly target: string;
  readonly address: SocketAddress;
  readonly options: ConnectOptions;
  readonly link: NetworkLink;
  readonly backLink: NetworkLink;
  readonly findListener: () => SimulatedListener | undefined;
  readonly establish: (listener: SimulatedListener) => Connection;
}

/**
 * The handshake of one connection: a request travels to the target and an answer back. A request that meets a cut link
 * or a machine without power is sent again when the way is free, until the time is up.
 */
export class ConnectAttempt {
  readonly #parts: ConnectAttemptParts;
  readonly #outcome = Promise.withResolvers<Connection>();
  readonly #onAbort: () => void;
  #timeout: ScheduledEvent | undefined;
  #stopWaiting: (() => void) | undefined;
  #isSettled = false;

  constructor(parts: ConnectAttemptParts) {
    this.#parts = parts;
    this.#onAbort = () => {
      this.#fail(parts.options.signal?.reason);
    };
  }

  run(): Promise<Connection> {
    const { simulation, options, owner } = this.#parts;
    if (options.signal?.aborted === true) return Promise.reject(options.signal.reason as Error);
    options.signal?.addEventListener('abort', this.#onAbort);
    this.#timeout = simulation.schedule({
      kind: 'timer',
      label: 'connect timeout',
      delayUs: Math.ceil((options.timeoutMs ?? DEFAULT_TIMEOUT_MS) * 1000),
      owner,
      run: () => {
        this.#failWith('ETIMEDOUT');
      },
    });
    this.#request();
    return this.#outcome.promise;
  }

  #request(): void {
    const { simulation, link, target } = this.#parts;
    this.#travel('connect', link, () => {
      if (!simulation.hasHost(target)) this.#failWith('ENOTFOUND');
      else if (link.isCut || !simulation.isPowered(target)) this.#requestAgainOver(link);
      else this.#answer();
    });
  }

  #answer(): void {
    const { backLink, findListener, establish } = this.#parts;
    this.#travel('connect answer', backLink, () => {
      if (backLink.isCut) {
        this.#requestAgainOver(backLink);
        return;
      }
      const listener = findListener();
      if (listener === undefined) {
        this.#failWith('ECONNREFUSED');
        return;
      }
      this.#settle();
      this.#outcome.resolve(establish(listener));
    });
  }

  #travel(what: string, link: NetworkLink, run: () => void): void {
    const { simulation, owner, address } = this.#parts;
    simulation.schedule({
      kind: 'network',
      label: `${what} ${address.host}:${address.port}`,
      delayUs: link.arrivalUs(simulation.nowUs, 0) - simulation.nowUs,
      owner,
      run: () => {
        if (!this.#isSettled) run();
      },
    });
  }

  #requestAgainOver(link: NetworkLink): void {
    this.#stopWaiting = link.whenPassable(() => {
      this.#request();
    });
  }

  #failWith(code: string): void {
    const { address } = this.#parts;
    const isUnknown = code === 'ENOTFOUND';
    const place = isUnknown
      ? { syscall: 'getaddrinfo', address: address.host }
      : { syscall: 'connect', address: address.host, port: address.port };
    this.#fail(systemError(code, place));
  }

  #fail(reason: unknown): void {
    if (this.#isSettled) return;
    this.#settle();
    this.#outcome.reject(reason);
  }

  #settle(): void {
    this.#isSettled = true;
    this.#stopWaiting?.();
    this.#parts.options.signal?.removeEventListener('abort', this.#onAbort);
    if (this.#timeout !== undefined) this.#parts.simulation.cancel(this.#timeout);
  }
}
