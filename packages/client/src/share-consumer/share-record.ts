import type { ConsumerRecord } from '../consumer/consumer-record.ts';

/** A record that this consumer has for a while, until it is acknowledged or its lock runs out. */
export interface ShareRecord extends ConsumerRecord {
  /** How often it has been handed out, this time included: from 1. */
  readonly deliveryCount: number;
}
