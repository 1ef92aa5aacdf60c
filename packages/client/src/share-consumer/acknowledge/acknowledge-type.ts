/**
 * What a consumer says of a record:
 *
 * - `accept`: processed; nobody will see it again
 * - `release`: not processed; it goes to somebody, perhaps here, again
 * - `reject`: cannot be processed by anybody; nobody will see it again
 * - `renew`: still being processed; the lock begins anew, and the record is to be acknowledged later
 */
export type AcknowledgeType = 'accept' | 'release' | 'reject' | 'renew';

/** There is no record at the offset, or none for applications. */
export const GAP = 0;
export const ACCEPT = 1;
export const RELEASE = 2;
const REJECT = 3;
export const RENEW = 4;

/** Kafka's numbers. */
export const acknowledgeCodes: Readonly<Record<AcknowledgeType, number>> = {
  accept: ACCEPT,
  release: RELEASE,
  reject: REJECT,
  renew: RENEW,
};

export const acknowledgeTypes = Object.keys(acknowledgeCodes) as readonly AcknowledgeType[];
