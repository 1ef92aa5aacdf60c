import { KafkaError } from '@millrace/protocol';
import type { ClientQuotas } from './client-quota.ts';
import { QuotaKey } from './quota-keys.ts';
import { QuotaLimits, type QuotaSubject } from './quota-limits.ts';
import { QuotaMeters } from './quota-meters.ts';
import type { QuotaWindow } from './sliding-rate.ts';
import { TokenBucket } from './token-bucket.ts';

/** Charges the partitions that an operation of the controller creates or deletes. @throws KafkaError */
export type ChargePartitions = (partitions: number) => void;

/** The mutations of one request. */
export interface MutationCharge {
  readonly charge: ChargePartitions;
  /** How long the peer is to be quiet after the answer. */
  readonly throttleMs: number;
}

export const freeOfCharge: MutationCharge = { charge() {}, throttleMs: 0 };

/** `controller_mutation_rate` (KIP-599): partitions per second that somebody may create and delete. */
export class MutationQuota {
  readonly #meters: QuotaMeters<TokenBucket>;
  #limits = new QuotaLimits(new Map(), QuotaKey.CONTROLLER_MUTATION_RATE);

  constructor(window: QuotaWindow) {
    this.#meters = new QuotaMeters(() => new TokenBucket(window));
  }

  get isActive(): boolean {
    return !this.#limits.isEmpty;
  }

  update(quotas: ClientQuotas): void {
    this.#limits = new QuotaLimits(quotas, QuotaKey.CONTROLLER_MUTATION_RATE);
  }

  /**
   * @param isStrict whether the version of the request knows THROTTLING_QUOTA_EXCEEDED: then who is in debt is refused;
   * others are slowed down
   */
  begin(subject: QuotaSubject, isStrict: boolean, nowMs: () => number): MutationCharge {
    const limit = this.#limits.find(subject);
    if (limit === undefined) return freeOfCharge;
    const { perSec, sharedKey } = limit;
    const bucket = this.#meters.get(sharedKey, nowMs());
    let throttleMs = 0;
    const charge = (partitions: number): void => {
      const now = nowMs();
      if (isStrict) {
        throttleMs = Math.max(throttleMs, bucket.throttleMs(perSec, now));
        if (throttleMs > 0)
          throw new KafkaError('THROTTLING_QUOTA_EXCEEDED', 'The controller mutation quota is exceeded.');
      }
      bucket.take(partitions, perSec, now);
      if (!isStrict) throttleMs = Math.max(throttleMs, bucket.throttleMs(perSec, now));
    };
    return {
      charge,
      get throttleMs() {
        return throttleMs;
      },
    };
  }
}
