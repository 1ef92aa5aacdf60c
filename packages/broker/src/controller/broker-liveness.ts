import type { BrokerImage, ClusterImage } from '../metadata/cluster-image.ts';

/** What the active controller has heard of one broker. */
interface BrokerContact {
  /** Monotonic; -Infinity before the first heartbeat of an incarnation. */
  lastContactMs: number;
  /** The newest metadata record the broker says it has. */
  metadataOffset: number;
  /** The metadata offset that all others must have seen before the broker may go; -1 when it is not on its way out. */
  controlledShutdownOffset: number;
}

/**
 * Who has been heard of, and when: state of the active controller alone, never in the metadata log. A controller that
 * becomes active gives every broker a fresh session, since it cannot know when the one before it heard of them.
 *
 * All times are monotonic milliseconds.
 */
export class BrokerLiveness {
  readonly #activatedAtMs: number;
  readonly #contacts = new Map<number, BrokerContact>();

  constructor(activatedAtMs: number) {
    this.#activatedAtMs = activatedAtMs;
  }

  /** A heartbeat has come. */
  touch(brokerId: number, nowMs: number, metadataOffset: number): void {
    const contact = this.#contact(brokerId);
    contact.lastContactMs = nowMs;
    contact.metadataOffset = metadataOffset;
  }

  /** A new incarnation has been registered: it has seen nothing, is not on its way out, and has no session yet. */
  register(brokerId: number): void {
    const lastContactMs = -Infinity;
    this.#contacts.set(brokerId, { lastContactMs, metadataOffset: -1, controlledShutdownOffset: -1 });
  }

  /** Its process has ended: the session is over before its time. */
  expire(brokerId: number): void {
    this.#contact(brokerId).lastContactMs = -Infinity;
  }

  /** The broker is gone: it has no session any more. */
  forget(brokerId: number): void {
    this.#contacts.delete(brokerId);
  }

  /** Has any incarnation of it said anything to this controller since it became active? */
  hasBeenHeardOf(brokerId: number): boolean {
    return this.#contacts.has(brokerId);
  }

  /** Has this broker been heard of lately? */
  hasSession({ id, isFenced }: BrokerImage, nowMs: number, sessionTimeoutMs: number): boolean {
    const isKnown = this.#contacts.has(id);
    return (isKnown || !isFenced) && this.#lastContactMs(id) + sessionTimeoutMs >= nowMs;
  }

  /** How long ago its last heartbeat was; `undefined` before the first one of an incarnation. */
  silenceMs(brokerId: number, nowMs: number): number | undefined {
    const lastMs = this.#contacts.get(brokerId)?.lastContactMs ?? -Infinity;
    return lastMs === -Infinity ? undefined : nowMs - lastMs;
  }

  /** The broker whose session ended the longest time ago; `undefined` when all are alive. */
  stalest(image: ClusterImage, nowMs: number, sessionTimeoutMs: number): BrokerImage | undefined {
    let oldest: BrokerImage | undefined;
    for (const broker of image.brokers.values()) {
      if (broker.isFenced) continue;
      if (oldest === undefined || this.#lastContactMs(broker.id) < this.#lastContactMs(oldest.id))
        oldest = broker;
    }
    return oldest === undefined || this.hasSession(oldest, nowMs, sessionTimeoutMs) ? undefined : oldest;
  }

  /** When the next session may end: worth a look then. Infinity without unfenced brokers. */
  nextExpiryMs(image: ClusterImage, sessionTimeoutMs: number): number {
    let next = Infinity;
    for (const { id, isFenced } of image.brokers.values()) {
      if (!isFenced) next = Math.min(next, this.#lastContactMs(id) + sessionTimeoutMs);
    }
    return next;
  }

  isShuttingDown(brokerId: number): boolean {
    return this.controlledShutdownOffset(brokerId) >= 0;
  }

  /** -1 when the broker is not on its way out. */
  controlledShutdownOffset(brokerId: number): number {
    return this.#contacts.get(brokerId)?.controlledShutdownOffset ?? -1;
  }

  /** @param offset of the last record that moves something away from the broker; a later one does not replace it */
  beginShutdown(brokerId: number, offset: number): void {
    const contact = this.#contact(brokerId);
    if (contact.controlledShutdownOffset < 0) contact.controlledShutdownOffset = offset;
  }

  /** It was fenced, so that it may go at once. */
  endShutdown(brokerId: number): void {
    const contact = this.#contacts.get(brokerId);
    if (contact !== undefined) contact.controlledShutdownOffset = -1;
  }

  /** What every broker that takes part has seen of the metadata log; Infinity when none does. */
  lowestActiveOffset(image: ClusterImage): number {
    let lowest = Infinity;
    for (const { id, isFenced } of image.brokers.values()) {
      if (isFenced || this.isShuttingDown(id)) continue;
      lowest = Math.min(lowest, this.#contacts.get(id)?.metadataOffset ?? -1);
    }
    return lowest;
  }

  #lastContactMs(brokerId: number): number {
    return this.#contacts.get(brokerId)?.lastContactMs ?? this.#activatedAtMs;
  }

  #contact(brokerId: number): BrokerContact {
    let contact = this.#contacts.get(brokerId);
    if (contact === undefined) {
      contact = { lastContactMs: this.#activatedAtMs, metadataOffset: -1, controlledShutdownOffset: -1 };
      this.#contacts.set(brokerId, contact);
    }
    return contact;
  }
}
