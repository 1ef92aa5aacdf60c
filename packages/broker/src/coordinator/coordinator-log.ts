import type { AppendFrame } from './state-machine.ts';

/**
 * One partition of an internal topic, as a coordinator writes and replays it. The broker implements it over the
 * partition's log; tests over an array.
 */
export interface CoordinatorLog {
  /**
   * Appends one whole record batch, which it takes over. Resolves when the high watermark covers the batch; appends
   * keep their order.
   * @param frame What the batch is, unless it is a plain one
   * @throws KafkaError as the log gave it
   */
  append(batch: Buffer, frame?: AppendFrame): Promise<void>;
  /** Hands over every batch from log start to log end, in order; whole batches, maybe several in one buffer. */
  replay(onBatches: (batches: Buffer) => void): Promise<void>;
}
