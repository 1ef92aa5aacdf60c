import { ConsumerStateError } from '../../consumer/consumer-errors.ts';
import { partitionKey, type TopicPartition } from '../../consumer/topic-partition.ts';
import type { SharePartition } from '../fetch/share-partition.ts';
import type { ShareSession } from '../fetch/share-session.ts';
import { ACCEPT, acknowledgeCodes, RELEASE, type AcknowledgeType } from './acknowledge-type.ts';

/** Where records came from: what is said of them goes there. */
export interface RecordOrigin {
  readonly session: ShareSession;
  readonly partition: SharePartition;
}

interface HeldRecord {
  readonly origin: RecordOrigin;
  /** Has anything been said of it since it was handed out? */
  isRenewed: boolean;
}

/** Says something of a record to its origin. */
export type Acknowledger = (origin: RecordOrigin, offset: number, type: number) => void;

/** The records that the application has in hand. */
export class HeldRecords {
  readonly #acknowledge: Acknowledger;
  readonly #partitions = new Map<string, Map<number, HeldRecord>>();
  /** Those of which nothing has been said. */
  #unacknowledged = 0;

  constructor(acknowledge: Acknowledger) {
    this.#acknowledge = acknowledge;
  }

  get unacknowledgedCount(): number {
    return this.#unacknowledged;
  }

  hold(origin: RecordOrigin, records: readonly { readonly offset: number }[]): void {
    const { topic, partition } = origin.partition;
    const key = partitionKey(topic, partition);
    let held = this.#partitions.get(key);
    if (held === undefined) this.#partitions.set(key, (held = new Map<number, HeldRecord>()));
    for (const { offset } of records) {
      if (held.get(offset)?.isRenewed !== false) this.#unacknowledged++;
      held.set(offset, { origin, isRenewed: false });
    }
  }

  /** @throws ConsumerStateError for a record that is not in hand */
  acknowledge(record: TopicPartition & { readonly offset: number }, type: AcknowledgeType): void {
    const { topic, partition, offset } = record;
    const held = this.#partitions.get(partitionKey(topic, partition));
    const one = held?.get(offset);
    if (held === undefined || one === undefined)
      throw new ConsumerStateError(
        `offset ${offset} of ${topic}-${partition} is not in hand: it was acknowledged before, or never polled`,
      );
    if (!one.isRenewed) this.#unacknowledged--;
    if (type === 'renew') one.isRenewed = true;
    else held.delete(offset);
    this.#acknowledge(one.origin, offset, acknowledgeCodes[type]);
  }

  acceptAll(): void {
    this.#acknowledgeAll(ACCEPT);
  }

  releaseAll(): void {
    this.#acknowledgeAll(RELEASE);
  }

  clear(): void {
    this.#partitions.clear();
    this.#unacknowledged = 0;
  }

  #acknowledgeAll(type: number): void {
    for (const held of this.#partitions.values())
      for (const [offset, { origin }] of held) this.#acknowledge(origin, offset, type);
    this.clear();
  }
}
