import { errorCodeOf } from '../errors.ts';

/** The part of the quorum that the active controller writes through. */
export interface MetadataAppender {
  /** Offset that the next record gets. */
  readonly nextOffset: number;
  /**
   * Appends one batch in the epoch of this node's leadership. The batch belongs to the log from then on.
   * @returns its offset, and a promise that resolves when a majority has it. Both the call and the promise fail with an
   * error for which `isNotLeader` holds when the epoch is over.
   */
  append(
    epoch: number,
    batch: Buffer,
    recordCount: number,
  ): { readonly baseOffset: number; readonly committed: Promise<void> };
}

/** Whether an append failed because another node leads, or may. */
export function isNotLeader(error: unknown): boolean {
  return errorCodeOf(error) === 'ERR_REPLICATION_NOT_LEADER';
}
