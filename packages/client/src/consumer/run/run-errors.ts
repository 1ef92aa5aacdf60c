import { MillraceError, type ErrorEntry } from '@millrace/protocol';

/** Errors of `run()`; the rest of the package's table is in `../../errors.ts`. */
export const runErrors = {
  RECORD_FAILED: {
    code: 'ERR_CLIENT_RECORD_FAILED',
    retriable: false,
    summary: 'A handler of run() failed, and onError said to stop.',
    help: 'The cause is what the handler threw. The record is not committed: the next run() begins with it.',
  },
} as const satisfies Record<string, ErrorEntry>;

/** Which record it was. */
export interface RecordLocation {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
}

/** Ends `run()`. */
export class RecordFailedError extends MillraceError {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;

  constructor({ topic, partition, offset }: RecordLocation, cause: unknown) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    super(runErrors.RECORD_FAILED, `Processing ${topic}-${partition} at offset ${offset} failed: ${reason}`, {
      cause,
    });
    this.topic = topic;
    this.partition = partition;
    this.offset = offset;
  }
}
