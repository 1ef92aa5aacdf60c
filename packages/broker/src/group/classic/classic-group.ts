import { ErrorCode } from '@millrace/protocol';
import { invariant } from '../../coordinator/invariant.ts';
import type { ClassicMember, MemberProtocol } from './classic-member.ts';
import { canFollow, type GroupState } from './group-state.ts';
import { ProtocolSupport, selectProtocol } from './protocol-support.ts';
import { subscribedTopics } from './subscribed-topics.ts';

/** The protocol type of consumers; producers of other groups (Connect, schema registries) use their own. */
export const CONSUMER_PROTOCOL_TYPE = 'consumer';

/** Settings that a member brings with each JoinGroup. */
export interface MemberUpdate {
  readonly protocols: readonly MemberProtocol[];
  readonly rebalanceTimeoutMs: number;
  readonly sessionTimeoutMs: number;
}

/**
 * The state of one classic group and the rules that keep it consistent: who is a member, who waits, who leads. What a
 * request does to it stands in the file of the request.
 */
export class ClassicGroup {
  readonly groupId: string;
  generation = 0;
  /** `undefined` while nobody has ever joined: offsets are all there is, a "simple" group. */
  protocolType: string | undefined;
  /** The chosen assignor of the generation; `undefined` while there is no member. */
  protocolName: string | undefined;
  leaderId: string | undefined;
  /** Wall time of the last state change; -1 when a record of an old broker does not tell. */
  stateTimestampMs = -1;
  /** Members in order of joining. */
  readonly members = new Map<string, ClassicMember>();
  /** Member ids by `group.instance.id`. */
  readonly staticMembers = new Map<string, string>();
  /** Ids handed out with MEMBER_ID_REQUIRED that have not come back yet (KIP-394). */
  readonly pendingJoinMembers = new Set<string>();
  /** Members of this generation that have not sent SyncGroup yet. */
  readonly pendingSyncMembers = new Set<string>();
  /** Somebody joined since the initial rebalance was last delayed. */
  newMemberAdded = false;
  /** The generation whose assignment is being written; -1 when none is. */
  storingGeneration = -1;
  /** What the members subscribe, `undefined` when that is not known. */
  subscribedTopics: ReadonlySet<string> | undefined;
  #state: GroupState = 'Empty';
  #previousState: GroupState = 'Dead';
  #awaitingJoin = 0;
  readonly #support = new ProtocolSupport();

  constructor(groupId: string, state: GroupState = 'Empty') {
    this.groupId = groupId;
    this.#state = state;
  }

  get state(): GroupState {
    return this.#state;
  }

  get previousState(): GroupState {
    return this.#previousState;
  }

  /** How many members wait for the join phase to end. */
  get awaitingJoin(): number {
    return this.#awaitingJoin;
  }

  get hasAllMembersJoined(): boolean {
    return this.members.size === this.#awaitingJoin && this.pendingJoinMembers.size === 0;
  }

  get usesConsumerProtocol(): boolean {
    return this.protocolType === CONSUMER_PROTOCOL_TYPE;
  }

  /** The longest of the members' rebalance timeouts; 0 without members. */
  get rebalanceTimeoutMs(): number {
    let longestMs = 0;
    for (const { rebalanceTimeoutMs } of this.members.values())
      longestMs = Math.max(longestMs, rebalanceTimeoutMs);
    return longestMs;
  }

  transitionTo(next: GroupState, wallMs: number): void {
    invariant(canFollow(next, this.#state), `group ${this.groupId} cannot go from ${this.#state} to ${next}`);
    this.#previousState = this.#state;
    this.#state = next;
    this.stateTimestampMs = wallMs;
  }

  canRebalance(): boolean {
    return canFollow('PreparingRebalance', this.#state);
  }

  isLeader(memberId: string): boolean {
    return this.leaderId === memberId;
  }

  /** Could somebody with these protocols be a member? */
  supports(protocolType: string, protocols: readonly MemberProtocol[]): boolean {
    if (this.#state === 'Empty') return protocolType !== '' && protocols.length > 0;
    return (
      this.protocolType === protocolType &&
      protocols.some(({ name }) => this.#support.membersWith(name) === this.members.size)
    );
  }

  add(member: ClassicMember, joinReplyId?: number): void {
    const { memberId, instanceId } = member;
    invariant(!this.members.has(memberId), `${memberId} joins ${this.groupId} twice`);
    if (instanceId !== null) {
      invariant(!this.staticMembers.has(instanceId), `${instanceId} joins ${this.groupId} twice`);
      this.staticMembers.set(instanceId, memberId);
    }
    if (this.members.size === 0) this.protocolType = member.protocolType;
    this.leaderId ??= memberId;
    this.members.set(memberId, member);
    this.#support.add(member.protocols);
    this.setAwaitingJoin(member, joinReplyId);
    this.pendingJoinMembers.delete(memberId);
  }

  /** Removes a member or a pending id. Whoever still waits for it must have been answered before. */
  remove(memberId: string): void {
    const member = this.members.get(memberId);
    if (member !== undefined) {
      this.setAwaitingJoin(member, undefined);
      this.members.delete(memberId);
      this.#support.remove(member.protocols);
      if (member.instanceId !== null) this.staticMembers.delete(member.instanceId);
    }
    if (this.isLeader(memberId)) this.leaderId = this.members.keys().next().value;
    this.pendingJoinMembers.delete(memberId);
    this.pendingSyncMembers.delete(memberId);
  }

  update(member: ClassicMember, { protocols, rebalanceTimeoutMs, sessionTimeoutMs }: MemberUpdate): void {
    this.#support.remove(member.protocols);
    this.#support.add(protocols);
    member.protocols = protocols;
    member.rebalanceTimeoutMs = rebalanceTimeoutMs;
    member.sessionTimeoutMs = sessionTimeoutMs;
  }

  setAwaitingJoin(member: ClassicMember, replyId: number | undefined): void {
    this.#awaitingJoin += Number(replyId !== undefined) - Number(member.isAwaitingJoin);
    member.joinReplyId = replyId;
  }

  /** Puts `successor` in the place of the static member `memberId`, leadership included. */
  replaceStatic(memberId: string, successor: ClassicMember): void {
    const member = this.members.get(memberId);
    invariant(member !== undefined, `${memberId} is replaced in ${this.groupId} without being a member`);
    invariant(member.instanceId === successor.instanceId, `${memberId} is replaced by another instance`);
    invariant(!member.isAwaitingJoin && !member.isAwaitingSync, `${memberId} is replaced while a call waits`);
    const isLeader = this.isLeader(memberId);
    this.members.delete(memberId);
    this.#support.remove(member.protocols);
    // The generation still waits for the SyncGroup of this instance; it comes from the successor now.
    if (this.pendingSyncMembers.delete(memberId)) this.pendingSyncMembers.add(successor.memberId);
    this.members.set(successor.memberId, successor);
    this.#support.add(successor.protocols);
    if (successor.instanceId !== null) this.staticMembers.set(successor.instanceId, successor.memberId);
    if (isLeader) this.leaderId = successor.memberId;
  }

  /**
   * Makes sure that the leader is one of those who joined again; it stays while it is.
   * @returns false when nobody did.
   */
  electJoinedLeader(): boolean {
    if (this.leaderId !== undefined && this.members.get(this.leaderId)!.isAwaitingJoin) return true;
    for (const member of this.members.values()) {
      if (!member.isAwaitingJoin) continue;
      this.leaderId = member.memberId;
      return true;
    }
    return false;
  }

  /** The protocol that the members as they are now would choose. */
  selectProtocol(): string | undefined {
    return selectProtocol(this.members.values(), this.#support);
  }

  /** Ends the join phase: next generation, with its protocol, or without members. */
  startNextGeneration(wallMs: number): void {
    this.generation = this.generation >= 0x7fff_ffff ? 0 : this.generation + 1;
    this.pendingSyncMembers.clear();
    this.protocolName = this.members.size === 0 ? undefined : this.selectProtocol();
    invariant(
      this.members.size === 0 || this.protocolName !== undefined,
      `the members of ${this.groupId} have no protocol in common`,
    );
    this.refreshSubscribedTopics();
    this.transitionTo(this.members.size === 0 ? 'Empty' : 'CompletingRebalance', wallMs);
  }

  refreshSubscribedTopics(): void {
    this.subscribedTopics = this.usesConsumerProtocol
      ? subscribedTopics(this.members.values(), this.protocolName)
      : undefined;
  }

  /** Consumers whose subscription cannot be read count as subscribed to everything. */
  isSubscribedTo(topic: string): boolean {
    return this.subscribedTopics?.has(topic) ?? this.usesConsumerProtocol;
  }

  /** The error of a request by this member; `NONE` when it is who it says it is. */
  checkMember(memberId: string, instanceId: string | null): number {
    if (instanceId !== null) {
      const current = this.staticMembers.get(instanceId);
      if (current === undefined) return ErrorCode.UNKNOWN_MEMBER_ID;
      if (current !== memberId) return ErrorCode.FENCED_INSTANCE_ID;
    }
    return this.members.has(memberId) ? ErrorCode.NONE : ErrorCode.UNKNOWN_MEMBER_ID;
  }
}
