import { MillraceError, type ErrorEntry } from '@millrace/protocol';
import type { TopicPartition } from './topic-partition.ts';

/** The errors that only consumers have; the other half of the package's table is in `../errors.ts`. */
export const consumerErrors = {
  NO_OFFSET: {
    code: 'ERR_CLIENT_NO_OFFSET',
    retriable: false,
    summary: 'A partition has no committed offset, and auto.offset.reset is none.',
    help: 'Seek the partitions the message names, or choose a policy: earliest, latest or by_duration:...',
  },
  OFFSET_OUT_OF_RANGE: {
    code: 'ERR_CLIENT_OFFSET_OUT_OF_RANGE',
    retriable: false,
    kafkaCode: 1,
    summary: 'The offset to read from does not exist (any more), and auto.offset.reset is none.',
    help: 'Seek to an offset that exists, or choose a policy. Retention or deletion has removed the records.',
  },
  LOG_TRUNCATED: {
    code: 'ERR_CLIENT_LOG_TRUNCATED',
    retriable: false,
    summary: 'Records that were already read are gone: a new leader never had them (unclean election).',
    help: 'Decide what the loss means, then seek to the offset the error carries. Only with auto.offset.reset=none.',
  },
  CORRUPT_RECORDS: {
    code: 'ERR_CLIENT_CORRUPT_RECORDS',
    retriable: false,
    kafkaCode: 2,
    summary: 'A fetched record batch is damaged: wrong CRC, wrong lengths, or it cannot be decompressed.',
    help: 'The position stays before the damage. Poll again if it may be the network; seek behind it to skip it.',
  },
  COMMIT_FAILED: {
    code: 'ERR_CLIENT_COMMIT_FAILED',
    retriable: false,
    kafkaCode: 22,
    summary:
      'The group has moved on without this member, so its commit was refused; others read its partitions now.',
    help: 'Poll to join again. If it happens often, poll more often, take fewer records, or raise max.poll.interval.ms.',
  },
  GROUP_REFUSED: {
    code: 'ERR_CLIENT_GROUP_REFUSED',
    retriable: false,
    summary: 'The coordinator does not let this consumer into its group.',
    help: 'The cause says why: an inconsistent assignor, a fenced group.instance.id, missing authorization, ...',
  },
  NOT_ASSIGNED: {
    code: 'ERR_CLIENT_NOT_ASSIGNED',
    retriable: false,
    summary: 'The call names a partition that this consumer is not assigned at the moment.',
    help: 'Use the partitions of assignment(); with a group, act in the onPartitionsAssigned callback.',
  },
  CONSUMER_STATE: {
    code: 'ERR_CLIENT_CONSUMER_STATE',
    retriable: false,
    summary: 'The call does not fit what the consumer is doing.',
    help: 'The message says what to call first, or which two things exclude each other.',
  },
  WAKEUP: {
    code: 'ERR_CLIENT_WAKEUP',
    retriable: true,
    summary: 'wakeup() ended a poll.',
    help: 'Nothing went wrong: somebody asked the poll to return. Poll again or close.',
  },
} as const satisfies Record<string, ErrorEntry>;

/** No committed offset and no policy. */
export class NoOffsetError extends MillraceError {
  readonly partitions: readonly TopicPartition[];

  constructor(partitions: readonly TopicPartition[]) {
    super(
      consumerErrors.NO_OFFSET,
      `No committed offset for ${names(partitions)}, and auto.offset.reset is none; seek before polling`,
    );
    this.partitions = partitions;
  }
}

/** The position is not in the log, and `auto.offset.reset=none` leaves it to the application. */
export class OffsetOutOfRangeError extends MillraceError {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;

  constructor({ topic, partition }: TopicPartition, offset: number) {
    super(
      consumerErrors.OFFSET_OUT_OF_RANGE,
      `Offset ${offset} of ${topic}-${partition} does not exist, and auto.offset.reset is none; seek to another one`,
    );
    this.topic = topic;
    this.partition = partition;
    this.offset = offset;
  }
}

/** Records that were read are not on the new leader; others may have their offsets (KIP-320). */
export class LogTruncatedError extends MillraceError {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
  /** Where the new leader's log ends to agree with ours; undefined if it knows nothing of that epoch. */
  readonly divergingOffset: number | undefined;

  constructor({ topic, partition }: TopicPartition, offset: number, divergingOffset: number | undefined) {
    const agreed = divergingOffset === undefined ? 'an unknown offset' : `offset ${divergingOffset}`;
    super(
      consumerErrors.LOG_TRUNCATED,
      `${topic}-${partition} was read up to offset ${offset}, but its new leader agrees only up to ${agreed}`,
    );
    this.topic = topic;
    this.partition = partition;
    this.offset = offset;
    this.divergingOffset = divergingOffset;
  }
}

/** Records that are damaged. The position stays before them: poll again, or `seek` behind them. */
export class CorruptRecordsError extends MillraceError {
  readonly topic: string;
  readonly partition: number;
  /** The position, before the damage. */
  readonly offset: number;

  constructor({ topic, partition }: TopicPartition, offset: number, options: ErrorOptions) {
    const problem = options.cause instanceof Error ? `: ${options.cause.message}` : '';
    super(
      consumerErrors.CORRUPT_RECORDS,
      `Records of ${topic}-${partition} from offset ${offset} on are damaged${problem}`,
      options,
    );
    this.topic = topic;
    this.partition = partition;
    this.offset = offset;
  }
}

/** The group has moved on without this consumer: its partitions are with others, who read from the last commit on. */
export class CommitFailedError extends MillraceError {
  constructor(groupId: string, options?: ErrorOptions) {
    super(
      consumerErrors.COMMIT_FAILED,
      `Commit refused: group "${groupId}" has rebalanced without this consumer, mostly because the time between two ` +
        'polls exceeded max.poll.interval.ms',
      options,
    );
  }
}

/** The coordinator does not let this consumer into its group, and would not a second time. */
export class GroupRefusedError extends MillraceError {
  constructor(groupId: string, options: ErrorOptions) {
    const problem = options.cause instanceof Error ? options.cause.message : String(options.cause);
    super(consumerErrors.GROUP_REFUSED, `Group "${groupId}" refuses this consumer: ${problem}`, options);
  }
}

/** A partition that this consumer does not read at the moment. */
export class NotAssignedError extends MillraceError {
  readonly topic: string;
  readonly partition: number;

  constructor({ topic, partition }: TopicPartition) {
    super(consumerErrors.NOT_ASSIGNED, `${topic}-${partition} is not assigned to this consumer`);
    this.topic = topic;
    this.partition = partition;
  }
}

/** A call that makes no sense in the state the consumer is in; the message says what to do first. */
export class ConsumerStateError extends MillraceError {
  constructor(problem: string) {
    super(consumerErrors.CONSUMER_STATE, problem);
  }
}

/** `wakeup()` has ended the poll. */
export class WakeupError extends MillraceError {
  constructor() {
    super(consumerErrors.WAKEUP, 'poll() was ended by wakeup()');
  }
}

function names(partitions: readonly TopicPartition[]): string {
  return partitions.map(({ topic, partition }) => `${topic}-${partition}`).join(', ');
}
