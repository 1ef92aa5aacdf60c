import type { AppendFrame } from './state-machine.ts';

/**
 * One partition of an internal topic, as a coordinator writes and replays it. The broker implements it over the
 * partition's log; tests over an array.
 */
export interface CoordinatorLog {
  /**
   * Appends one whole record batch, which it takes over. Resolves when the high watermark covers the batch, for however
   * long that takes; appends keep their order, and end in it.
   * @param frame What the batch is, unless it is a plain one
   * @param onLogged called when the batch is in the log and may only be lost with the leadership: the next append need
   * not wait for this one to be replicated. A log that never calls it has one append under way at a time.
   * @throws KafkaError as the log gave it: the batch is not in the log, and will never be
   * @throws AppendInDoubtError the batch is in the log of this node, which no longer leads: it may stay or go
   */
  append(batch: Buffer, frame?: AppendFrame, onLogged?: () => void): Promise<void>;
  /**
   * Hands over every batch from log start to log end, in order; whole batches, maybe several in one buffer. Resolves when
   * the high watermark covers them: what was handed over is what every later leader will have.
   * @throws KafkaError NOT_LEADER_OR_FOLLOWER when somebody else leads meanwhile; what `onBatches` throws
   */
  replay(onBatches: (batches: Buffer) => void): Promise<void>;
}
