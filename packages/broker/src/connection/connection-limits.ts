import type { Host } from '@millrace/host';
import type { BrokerPropertyValues } from '../config/broker-properties.ts';
import { quotaEntity, quotaEntityKey, QuotaEntityType, type ClientQuotas } from '../quota/client-quota.ts';
import { QuotaKey } from '../quota/quota-keys.ts';
import { QuotaMeters } from '../quota/quota-meters.ts';
import { SlidingRate } from '../quota/sliding-rate.ts';
import { hostAddress } from '../security/acl/host-address.ts';

export interface ConnectionLimitsOptions {
  readonly host: Pick<Host, 'clock'>;
  readonly config: () => BrokerPropertyValues;
  /** Those of the newest cluster state. */
  readonly quotas: () => ClientQuotas;
}

/** What becomes of a new connection. */
export type Admission =
  /** Served, after a while when there are too many new ones. */
  | { readonly type: 'admitted'; readonly delayMs: number }
  /** Closed, after a while so that the peer does not come back at once. */
  | { readonly type: 'refused'; readonly reason: string; readonly delayMs: number };

const ANY_ADDRESS = addressKey(null);

/** How many connections there may be, and how fast there may be new ones: of all peers, and of one address. */
export class ConnectionLimits {
  readonly #options: ConnectionLimitsOptions;
  readonly #byAddress = new Map<string, number>();
  readonly #rate: SlidingRate;
  readonly #rates: QuotaMeters<SlidingRate>;
  #count = 0;

  constructor(options: ConnectionLimitsOptions) {
    this.#options = options;
    const config = options.config();
    const window = {
      sampleCount: config['quota.window.num'],
      sampleMs: config['quota.window.size.seconds'] * 1000,
    };
    this.#rate = new SlidingRate(window);
    this.#rates = new QuotaMeters(() => new SlidingRate(window));
  }

  /**
   * Counts a connection that is admitted; `release` it when it ends.
   * @param isOfNode whether it came in where other nodes do: clients, however many, must not keep them out. What holds
   * for its address holds all the same
   */
  admit(remoteHost: string, isOfNode = false): Admission {
    const config = this.#options.config();
    const address = hostAddress(remoteHost);
    if (this.#count >= config['max.connections'] && !isOfNode) return refused('max.connections is reached');
    const ofAddress = this.#byAddress.get(address) ?? 0;
    if (ofAddress >= maxOfAddress(address, config)) return refused('max.connections.per.ip is reached');
    const nowMs = this.#options.host.clock.monotonicMs();
    const tooFastMs = this.#recordAddress(address, nowMs);
    if (tooFastMs > 0) return refused('connection_creation_rate of its address is exceeded', tooFastMs);
    this.#byAddress.set(address, ofAddress + 1);
    this.#count++;
    if (isOfNode) return { type: 'admitted', delayMs: 0 };
    this.#rate.record(1, nowMs);
    return {
      type: 'admitted',
      delayMs: this.#rate.throttleMs(config['max.connection.creation.rate'], nowMs),
    };
  }

  release(remoteHost: string): void {
    const address = hostAddress(remoteHost);
    const left = (this.#byAddress.get(address) ?? 1) - 1;
    if (left === 0) this.#byAddress.delete(address);
    else this.#byAddress.set(address, left);
    this.#count--;
  }

  /** @returns how long the address has to wait; what is refused does not count */
  #recordAddress(address: string, nowMs: number): number {
    const quotas = this.#options.quotas();
    if (quotas.size === 0) return 0;
    const quota = quotas.get(addressKey(address)) ?? quotas.get(ANY_ADDRESS);
    const perSec = quota?.values.get(QuotaKey.CONNECTION_CREATION_RATE);
    if (perSec === undefined) return 0;
    const rate = this.#rates.get(address, nowMs);
    rate.record(1, nowMs);
    const throttleMs = rate.throttleMs(perSec, nowMs);
    if (throttleMs > 0) rate.record(-1, nowMs);
    return throttleMs;
  }
}

function addressKey(address: string | null): string {
  return quotaEntityKey(quotaEntity([{ entityType: QuotaEntityType.IP, entityName: address }]));
}

function maxOfAddress(address: string, config: BrokerPropertyValues): number {
  for (const override of config['max.connections.per.ip.overrides']) {
    const separator = override.lastIndexOf(':');
    if (hostAddress(override.slice(0, separator)) === address) return Number(override.slice(separator + 1));
  }
  return config['max.connections.per.ip'];
}

function refused(reason: string, delayMs = 0): Admission {
  return { type: 'refused', reason, delayMs };
}
