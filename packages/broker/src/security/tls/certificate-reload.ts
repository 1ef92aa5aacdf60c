import { isDeepStrictEqual } from 'node:util';
import type { Host, Listener, Logger, Timer, TlsServerOptions } from '@millrace/host';
import type { BrokerConfig } from '../../config/broker-config.ts';
import type { ListenerPropertyValues } from '../../config/listener-property.ts';
import type { BoundListener } from '../../connection/socket-server.ts';
import { messageOf } from '../../errors.ts';
import { loadTls } from './load-tls.ts';

/** An open TLS listener, with what it uses at present. */
interface TlsListener {
  readonly name: string;
  readonly listener: Listener;
  readonly properties: () => ListenerPropertyValues;
  options: TlsServerOptions;
}

export interface CertificateReloadParts {
  readonly host: Host;
  readonly logger: Logger;
  readonly config: BrokerConfig;
}

/**
 * Keeps listeners on the newest keys and certificates: looks again every now and then, and when it is told that the
 * configuration changed. What cannot be used is logged once, and the old stays in use.
 */
export class CertificateReload {
  readonly #parts: CertificateReloadParts;
  readonly #listeners: readonly TlsListener[];
  /** The last complaint per listener, so that it is not repeated every few seconds. */
  readonly #complaints = new Map<string, string>();
  #timer: Timer | undefined;
  #running: Promise<void> = Promise.resolve();
  #isClosed = false;

  private constructor(parts: CertificateReloadParts, listeners: readonly TlsListener[]) {
    this.#parts = parts;
    this.#listeners = listeners;
  }

  /** For those of the listeners that have TLS. */
  static start(bound: readonly BoundListener[], parts: CertificateReloadParts): CertificateReload {
    const listeners = bound.flatMap(({ name, listener, security }) =>
      security.tls === undefined
        ? []
        : [{ name, listener, properties: () => security.properties(), options: security.tls }],
    );
    const reload = new CertificateReload(parts, listeners);
    reload.#arm();
    return reload;
  }

  /** Looks now, after the look that is under way. Never rejects. */
  refresh(): Promise<void> {
    this.#running = this.#refreshAll(this.#running);
    return this.#running;
  }

  async #refreshAll(previous: Promise<void>): Promise<void> {
    await previous;
    for (const listener of this.#listeners) if (!this.#isClosed) await this.#refreshOne(listener);
  }

  /** Resolves when nothing is read any more. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.#timer?.cancel();
    await this.#running;
  }

  async #refreshOne(target: TlsListener): Promise<void> {
    const { host, logger } = this.#parts;
    try {
      const options = await loadTls(host.disk, target.name, target.properties());
      if (isDeepStrictEqual(options, target.options)) return;
      target.listener.updateTls(options);
      target.options = options;
      this.#complaints.delete(target.name);
      logger.info('New keys and certificates are in use', { listener: target.name });
    } catch (error) {
      const reason = messageOf(error);
      if (this.#complaints.get(target.name) === reason) return;
      this.#complaints.set(target.name, reason);
      logger.warn('New keys or certificates cannot be used, the old ones stay', {
        listener: target.name,
        reason,
      });
    }
  }

  async #refreshOnTime(): Promise<void> {
    await this.refresh();
    if (!this.#isClosed) this.#arm();
  }

  #arm(): void {
    const { host, config } = this.#parts;
    const intervalMs = config.values['ssl.reload.interval.ms'];
    if (intervalMs === 0 || this.#listeners.length === 0) return;
    this.#timer = host.timers.schedule(intervalMs, () => void this.#refreshOnTime(), { background: true });
  }
}
