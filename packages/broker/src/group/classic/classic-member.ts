/** An assignor (or other protocol) that a member offers, the preferred one first. */
export interface MemberProtocol {
  readonly name: string;
  /** For protocol type `consumer` a ConsumerProtocolSubscription; opaque to the coordinator otherwise. */
  readonly metadata: Buffer;
}

export interface ClassicMemberOptions {
  readonly memberId: string;
  readonly instanceId: string | null;
  readonly clientId: string;
  readonly clientHost: string;
  readonly rebalanceTimeoutMs: number;
  readonly sessionTimeoutMs: number;
  readonly protocolType: string;
  readonly protocols: readonly MemberProtocol[];
  readonly assignment?: Buffer;
}

export const NO_ASSIGNMENT: Buffer = Buffer.alloc(0);

/** A member of a classic group. `ClassicGroup` alone changes what counts members by it. */
export class ClassicMember {
  readonly memberId: string;
  /** `group.instance.id` of a static member (KIP-345), null of a dynamic one. */
  readonly instanceId: string | null;
  readonly clientId: string;
  readonly clientHost: string;
  readonly protocolType: string;
  rebalanceTimeoutMs: number;
  sessionTimeoutMs: number;
  protocols: readonly MemberProtocol[];
  assignment: Buffer;
  /** Has joined, but not yet been part of a generation; it cannot send heartbeats. */
  isNew = false;
  /** The JoinGroup call that waits for the join phase to end. Set through `ClassicGroup`, which counts them. */
  joinReplyId: number | undefined;
  /** The SyncGroup call that waits for the assignment. */
  syncReplyId: number | undefined;

  constructor(options: ClassicMemberOptions) {
    this.memberId = options.memberId;
    this.instanceId = options.instanceId;
    this.clientId = options.clientId;
    this.clientHost = options.clientHost;
    this.protocolType = options.protocolType;
    this.rebalanceTimeoutMs = options.rebalanceTimeoutMs;
    this.sessionTimeoutMs = options.sessionTimeoutMs;
    this.protocols = options.protocols;
    this.assignment = options.assignment ?? NO_ASSIGNMENT;
  }

  get isStatic(): boolean {
    return this.instanceId !== null;
  }

  get isAwaitingJoin(): boolean {
    return this.joinReplyId !== undefined;
  }

  get isAwaitingSync(): boolean {
    return this.syncReplyId !== undefined;
  }

  /** Whoever waits for the coordinator is alive as far as it can tell, except a new member (see its time limit). */
  get hasSatisfiedHeartbeat(): boolean {
    return !this.isNew && (this.isAwaitingJoin || this.isAwaitingSync);
  }

  /** `undefined` when the member does not offer the protocol. */
  metadataOf(protocolName: string): Buffer | undefined {
    return this.protocols.find(({ name }) => name === protocolName)?.metadata;
  }

  /** Are these the same protocols with the same metadata in the same order? */
  offers(protocols: readonly MemberProtocol[]): boolean {
    return (
      protocols.length === this.protocols.length &&
      protocols.every(({ name, metadata }, index) => {
        const own = this.protocols[index]!;
        return own.name === name && own.metadata.equals(metadata);
      })
    );
  }
}
