import type { Committer } from '../offsets/commit-offsets.ts';

/** A consumer's place in its group, whichever protocol the group speaks. */
export interface GroupMembership {
  /** What commits carry. */
  readonly committer: Committer;
  /** Topics whose metadata this member needs. */
  readonly topics: ReadonlySet<string>;
  /**
   * The member's part of a poll: runs callbacks that are due, and starts what follows from them.
   * @throws GroupRefusedError and what callbacks threw
   */
  poll(): Promise<void>;
  /** The subscription has changed, or the application wants a rebalance. */
  requestRejoin(reason: string): void;
  /** Fresh metadata is there. */
  onMetadataChanged(): void;
  /** The coordinator refused a commit of that generation, or member epoch. */
  commitRefused(errorCode: number, generationId: number): void;
  /** Runs the last callbacks and tells the coordinator; never throws for what the coordinator does. */
  leave(reason: string): Promise<void>;
  /** Stops timers; the membership ends with its session. */
  close(): void;
}
