/** What the JoinGroup answer tells the membership; the wire message fits it as it is. */
export interface JoinAnswer {
  readonly errorCode: number;
  readonly generationId: number;
  readonly protocolType: string | null;
  readonly protocolName: string | null;
  readonly leader: string;
  readonly skipAssignment: boolean;
  readonly memberId: string;
  readonly members: readonly JoinedMember[];
}

export interface JoinedMember {
  readonly memberId: string;
  readonly groupInstanceId: string | null;
  /** A `ConsumerProtocolSubscription`. */
  readonly metadata: Buffer;
}

/** What the SyncGroup answer tells the membership. */
export interface SyncAnswer {
  readonly errorCode: number;
  readonly protocolType: string | null;
  readonly protocolName: string | null;
  /** A `ConsumerProtocolAssignment`. */
  readonly assignment: Buffer;
}

/** What can happen to a member of a group. */
export type MembershipEvent =
  /** The application called poll (or is inside one): the only moment in which callbacks may run. */
  | { readonly type: 'polled' }
  /** Time has passed, see `ClassicMembership.nextWakeupMs`. */
  | { readonly type: 'ticked' }
  /** Subscription or metadata changed, or the application asked for it. */
  | { readonly type: 'rejoinRequested'; readonly reason: string }
  /** Answers the effect `prepare`. */
  | { readonly type: 'prepared' }
  | { readonly type: 'joinAnswered'; readonly answer: JoinAnswer }
  /** Answers the effect `computeAssignment`: assignments by member id, as `ConsumerProtocolAssignment`. */
  | { readonly type: 'assignmentComputed'; readonly assignments: ReadonlyMap<string, Buffer> }
  | { readonly type: 'syncAnswered'; readonly answer: SyncAnswer }
  | { readonly type: 'heartbeatAnswered'; readonly errorCode: number; readonly generationId: number }
  /** An OffsetCommit of this generation was refused with an error that concerns the membership. */
  | { readonly type: 'commitRefused'; readonly errorCode: number; readonly generationId: number }
  /** No answer came: connection lost, timed out, or no coordinator known. */
  | { readonly type: 'requestFailed'; readonly request: 'join' | 'sync' | 'heartbeat' }
  /** Answers the effect `complete`; with a reason when the member has to join again at once (KIP-429). */
  | { readonly type: 'completed'; readonly rejoinReason?: string }
  /** The application closes or unsubscribes; its callbacks have run. */
  | { readonly type: 'left'; readonly reason: string };

/** What the shell does for the membership. */
export type MembershipEffect =
  /** Run the callbacks that come before joining, then report `prepared`. */
  | { readonly type: 'prepare'; readonly generationLost: boolean }
  | { readonly type: 'sendJoin'; readonly memberId: string; readonly reason: string }
  /** This member leads: run the assignor, then report `assignmentComputed`. */
  | {
      readonly type: 'computeAssignment';
      readonly protocolName: string;
      readonly members: readonly JoinedMember[];
    }
  | {
      readonly type: 'sendSync';
      readonly generation: Generation;
      readonly assignments: ReadonlyMap<string, Buffer>;
    }
  | { readonly type: 'sendHeartbeat'; readonly generation: Generation }
  | { readonly type: 'sendLeave'; readonly memberId: string; readonly reason: string }
  /** Take over the assignment, run the callbacks, then report `completed`. */
  | { readonly type: 'complete'; readonly generation: Generation; readonly assignment: Buffer }
  | { readonly type: 'forgetCoordinator' }
  /** Membership is over until the application unsubscribes; polls throw. */
  | { readonly type: 'fail'; readonly errorCode: number };

/** One agreement of the group about who is in it. */
export interface Generation {
  readonly generationId: number;
  readonly memberId: string;
  readonly protocolName: string;
}

export const CONSUMER_PROTOCOL_TYPE = 'consumer';
