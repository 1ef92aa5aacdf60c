import type { Clock } from '@millrace/host';
import { ApiKey } from '@millrace/protocol';
import type { RequestContext } from '../apis/handler.ts';
import type { BrokerPropertyValues } from '../config/broker-properties.ts';
import type { ClientQuotas } from './client-quota.ts';
import { freeOfCharge, MutationQuota, type MutationCharge } from './mutation-quota.ts';
import { QuotaKey } from './quota-keys.ts';
import type { QuotaSubject } from './quota-limits.ts';
import { RateQuota, type QuotaReading } from './rate-quota.ts';
import type { QuotaWindow } from './sliding-rate.ts';

export interface BrokerQuotasOptions {
  readonly clock: Clock;
  readonly config: BrokerPropertyValues;
  /** Those of the newest cluster state. */
  readonly quotas: () => ClientQuotas;
}

/** An answer that is too much. */
export interface FetchThrottle {
  /** How long the peer is to be quiet. */
  readonly throttleMs: number;
  /** Whether the records are kept back, and the client gets an empty answer, as in Apache Kafka. */
  readonly isWithheld: boolean;
}

/** What is measured of clients. */
export type QuotaKind = 'produce' | 'fetch' | 'request';

/** Logins have no user yet; the others are how nodes talk to each other. */
const exemptApis: ReadonlySet<number> = new Set([
  ApiKey.VOTE,
  ApiKey.BEGIN_QUORUM_EPOCH,
  ApiKey.END_QUORUM_EPOCH,
  ApiKey.FETCH_SNAPSHOT,
  ApiKey.ALTER_PARTITION,
  ApiKey.ENVELOPE,
  ApiKey.SASL_HANDSHAKE,
  ApiKey.SASL_AUTHENTICATE,
  ApiKey.WRITE_TXN_MARKERS,
  ApiKey.INITIALIZE_SHARE_GROUP_STATE,
  ApiKey.READ_SHARE_GROUP_STATE,
  ApiKey.WRITE_SHARE_GROUP_STATE,
  ApiKey.DELETE_SHARE_GROUP_STATE,
  ApiKey.READ_SHARE_GROUP_STATE_SUMMARY,
]);

/** One percent of a second is this many milliseconds. */
const MS_PER_PERCENT = 10;

/**
 * What clients may use of this broker, and what they have used. Limits are those of the cluster state, looked at anew
 * when it has changed; while there are none, a request costs one comparison.
 */
export class BrokerQuotas {
  readonly #options: BrokerQuotasOptions;
  readonly #produce: RateQuota;
  readonly #fetch: RateQuota;
  readonly #request: RateQuota;
  readonly #mutations: MutationQuota;
  #seen: ClientQuotas = new Map();
  #isActive = false;

  constructor(options: BrokerQuotasOptions) {
    const { config } = options;
    this.#options = options;
    const window: QuotaWindow = {
      sampleCount: config['quota.window.num'],
      sampleMs: config['quota.window.size.seconds'] * 1000,
    };
    this.#produce = new RateQuota({ quotaKey: QuotaKey.PRODUCER_BYTE_RATE, window });
    this.#fetch = new RateQuota({ quotaKey: QuotaKey.CONSUMER_BYTE_RATE, window });
    this.#request = new RateQuota({
      quotaKey: QuotaKey.REQUEST_PERCENTAGE,
      window,
      maxThrottleMs: window.sampleMs,
    });
    this.#mutations = new MutationQuota({
      sampleCount: config['controller.quota.window.num'],
      sampleMs: config['controller.quota.window.size.seconds'] * 1000,
    });
  }

  /** Whether anybody has a limit at all. */
  get isActive(): boolean {
    const quotas = this.#options.quotas();
    if (quotas !== this.#seen) this.#update(quotas);
    return this.#isActive;
  }

  /**
   * Charges what a request has used. @returns how long its peer is to be quiet after the answer
   * @param requestBytes of the frame
   * @param busyMs for which it kept the event loop
   */
  charge(context: RequestContext, requestBytes: number, busyMs: number): number {
    if (!this.isActive || context.isOfNode || exemptApis.has(context.apiKey)) return 0;
    const subject = quotaSubject(context);
    const nowMs = this.#nowMs();
    const forTimeMs = this.#request.record(subject, busyMs / MS_PER_PERCENT, nowMs);
    if (context.apiKey !== ApiKey.PRODUCE) return forTimeMs;
    return Math.max(forTimeMs, this.#produce.record(subject, requestBytes, nowMs));
  }

  /** The most record bytes that a Fetch may answer without exceeding the limit of its client by itself. */
  maxFetchBytes(context: RequestContext): number {
    return this.isActive ? this.#fetch.maxAtOnce(quotaSubject(context)) : Infinity;
  }

  /** Charges the answer of a Fetch. @returns undefined while it is within the limit */
  chargeFetch(context: RequestContext, recordBytes: number): FetchThrottle | undefined {
    if (!this.isActive) return undefined;
    const subject = quotaSubject(context);
    const nowMs = this.#nowMs();
    const throttleMs = this.#fetch.record(subject, recordBytes, nowMs);
    if (throttleMs === 0) return undefined;
    this.#fetch.recordSilently(subject, -recordBytes, nowMs);
    // A batch that is larger than the limit allows at once would be withheld for ever.
    const isTooLarge = recordBytes > this.#fetch.maxAtOnce(subject);
    if (!isTooLarge || this.#fetch.record(subject, 0, nowMs) > 0) return { throttleMs, isWithheld: true };
    this.#fetch.recordSilently(subject, recordBytes, nowMs);
    return { throttleMs, isWithheld: false };
  }

  /**
   * Charges records that are sent in any case, as those of share groups: they were handed out, and nobody else gets
   * them meanwhile. @returns how long the peer is to be quiet
   */
  chargeSent(context: RequestContext, recordBytes: number): number {
    return this.isActive ? this.#fetch.record(quotaSubject(context), recordBytes, this.#nowMs()) : 0;
  }

  /** For a request that creates or deletes partitions; strict from that version on. */
  beginMutations(context: RequestContext, firstStrictVersion: number): MutationCharge {
    if (!this.isActive || !this.#mutations.isActive) return freeOfCharge;
    const isStrict = context.version >= firstStrictVersion;
    return this.#mutations.begin(quotaSubject(context), isStrict, () => this.#nowMs());
  }

  /** What everybody with a limit does at this moment: bytes per second, or percent of the time. */
  readings(kind: QuotaKind): Iterable<QuotaReading> {
    const quotas = { produce: this.#produce, fetch: this.#fetch, request: this.#request };
    return quotas[kind].readings(this.#nowMs());
  }

  #nowMs(): number {
    return this.#options.clock.monotonicMs();
  }

  #update(quotas: ClientQuotas): void {
    this.#seen = quotas;
    const all = [this.#produce, this.#fetch, this.#request, this.#mutations];
    for (const quota of all) quota.update(quotas);
    this.#isActive = all.some((quota) => quota.isActive);
  }
}

function quotaSubject({ clientId, connection }: RequestContext): QuotaSubject {
  const { principal } = connection;
  return { user: principal.slice(principal.indexOf(':') + 1), clientId: clientId ?? '' };
}
