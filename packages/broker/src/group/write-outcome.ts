import type { ClassicGroup } from './classic/classic-group.ts';
import type { MemberUpdate } from './classic/classic-group.ts';
import type { GroupCall, GroupReply } from './group-calls.ts';

/** What follows when an append is durable, or lost. Plain data, kept while the append is under way. */
export type WriteOutcome =
  | ReplyOutcome
  | GroupsRemovedOutcome
  | GroupReservedOutcome
  | AssignmentOutcome
  | StaticReplacedOutcome
  | GroupEmptiedOutcome
  | { readonly type: 'nothing' };

/** Sends the reply, or the error of the append instead. */
export interface ReplyOutcome {
  readonly type: 'reply';
  readonly replyId: number;
  readonly call: GroupCall;
  readonly reply: GroupReply;
}

/** The tombstones of these dying groups: they go, whoever asked for it is told. */
export interface GroupsRemovedOutcome {
  readonly type: 'groups-removed';
  readonly groups: readonly ClassicGroup[];
  /** Absent when it was the expiry of offsets that removed them. */
  readonly reply?: ReplyOutcome;
}

/** The first record of a new group; without it the group is undone. */
export interface GroupReservedOutcome {
  readonly type: 'group-reserved';
  readonly group: ClassicGroup;
}

/** The generation without members that follows when the last one goes. */
export interface GroupEmptiedOutcome {
  readonly type: 'group-emptied';
  readonly group: ClassicGroup;
  readonly generation: number;
}

/** The leader's assignment: it becomes valid, or everybody joins again. */
export interface AssignmentOutcome {
  readonly type: 'assignment';
  readonly group: ClassicGroup;
  readonly generation: number;
  /** By member id; members that are not named get an empty one. */
  readonly assignments: ReadonlyMap<string, Buffer>;
}

/** The new id of a static member that came back without a rebalance; on failure the old id is valid again. */
export interface StaticReplacedOutcome {
  readonly type: 'static-replaced';
  readonly group: ClassicGroup;
  readonly replyId: number;
  readonly version: number;
  readonly newMemberId: string;
  readonly oldMemberId: string;
  readonly oldSettings: MemberUpdate;
  /** Named to old clients, so that the new member does not act as the leader it does not know to be. */
  readonly oldLeaderId: string;
}
