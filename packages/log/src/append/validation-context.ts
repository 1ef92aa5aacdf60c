import type { LogConfig } from '../log-config.ts';

/** What the validation of a batch depends on besides the batch. */
export interface ValidationContext {
  /** Topic and partition, for messages. */
  readonly name: string;
  readonly config: LogConfig;
  readonly nowMs: number;
}
