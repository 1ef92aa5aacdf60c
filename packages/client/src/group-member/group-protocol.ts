/** What the members of a group agree on: the part of the group protocol that is not the same for everybody. */
export interface GroupProtocol {
  /** For example `connect`, or `sr` for schema registries. All members of a group have the same. */
  readonly protocolType: string;
  /** What this member offers, in order of preference; asked for each time it joins. */
  offers(): readonly GroupProtocolOffer[];
  /**
   * This member leads the group (which says nothing about what the group is for): what each member is to know.
   * @returns by member id
   */
  assign(round: GroupRound): ReadonlyMap<string, Buffer> | Promise<ReadonlyMap<string, Buffer>>;
  /** The group has agreed. Heartbeats go on while a returned promise is pending. */
  onAssigned(assignment: Buffer, membership: GroupMembershipInfo): void | Promise<void>;
  /** The agreement ends: before joining again, and before leaving. Called once per agreement. */
  onRevoked(reason: string): void | Promise<void>;
}

/** A protocol that a member could speak, with what it says of itself. */
export interface GroupProtocolOffer {
  readonly name: string;
  readonly metadata: Buffer;
}

/** What the leader of a group decides on. */
export interface GroupRound {
  /** The offer that all members share. */
  readonly protocolName: string;
  readonly members: readonly GroupRoundMember[];
}

/** A member, and what it has said of itself. */
export interface GroupRoundMember {
  readonly memberId: string;
  readonly groupInstanceId: string | null;
  readonly metadata: Buffer;
}

/** Which member this is, in which generation. */
export interface GroupMembershipInfo {
  readonly memberId: string;
  readonly generationId: number;
  readonly protocolName: string;
}
