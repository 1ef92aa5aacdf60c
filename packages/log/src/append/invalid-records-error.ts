import { KafkaError } from '@millrace/protocol';

/** A record of a batch that is at fault, as `Produce` version 8 and later reports it. */
export interface RecordError {
  /** Index of the record within the batch. */
  readonly batchIndex: number;
  readonly message: string;
}

/** Records that a leader refuses; the whole batch is refused with them. */
export class InvalidRecordsError extends KafkaError {
  readonly recordErrors: readonly RecordError[];

  constructor(
    code: 'INVALID_RECORD' | 'INVALID_TIMESTAMP',
    message: string,
    recordErrors: readonly RecordError[] = [],
  ) {
    super(code, message);
    this.recordErrors = recordErrors;
  }
}
