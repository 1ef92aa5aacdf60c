import { MillraceError, type ErrorEntry } from '@millrace/protocol';

/** Every error of this package. */
export const logErrors = {
  CORRUPT_FILE: {
    code: 'ERR_LOG_CORRUPT_FILE',
    retriable: false,
    kafkaCode: 2,
    summary: 'A file of the log does not hold what it must.',
    help: 'The message names the file and the position. `millrace log verify DIR` lists every damage of a directory.',
  },
  STORAGE: {
    code: 'ERR_LOG_STORAGE',
    retriable: true,
    kafkaCode: 56,
    summary: 'The disk refused a read or a write; the log directory is offline until the next start.',
    help: 'The cause says why (disk full, read-only, I/O error). Repair that and restart.',
  },
  DIRECTORY_LOCKED: {
    code: 'ERR_LOG_DIRECTORY_LOCKED',
    retriable: true,
    summary: 'Another process (or another log in this one) uses the log directory.',
    help: 'Stop the other process, or choose another directory.',
  },
  FOREIGN_DIRECTORY: {
    code: 'ERR_LOG_FOREIGN_DIRECTORY',
    retriable: false,
    summary: 'The log directory belongs to another cluster or another node.',
    help: 'Point `log.dirs` at the directory of this node; meta.properties in it says whose it is.',
  },
  NO_DIRECTORY: {
    code: 'ERR_LOG_NO_DIRECTORY',
    retriable: false,
    summary: 'The path is not a log directory, nor a partition directory.',
    help: 'Name a directory of `log.dirs`, or one partition directory in it.',
  },
  CLOSED: {
    code: 'ERR_LOG_CLOSED',
    retriable: false,
    kafkaCode: 56,
    summary: 'The log was closed or deleted.',
    help: 'Open it again. In a broker this happens while it stops, or when the topic was deleted.',
  },
  PARTITION_EXISTS: {
    code: 'ERR_LOG_PARTITION_EXISTS',
    retriable: false,
    summary: 'The partition to create is already there.',
    help: 'Use `get()` for an existing partition.',
  },
  DUPLICATE_PARTITION: {
    code: 'ERR_LOG_DUPLICATE_PARTITION',
    retriable: false,
    kafkaCode: 56,
    summary: 'A partition is in more than one log directory.',
    help: 'Find out which one is newer, for example with `millrace log dump`, and move the other one away.',
  },
  ILLEGAL_TOPIC_ID: {
    code: 'ERR_LOG_ILLEGAL_TOPIC_ID',
    retriable: false,
    kafkaCode: 103,
    summary: 'The partition on disk belongs to another topic of the same name.',
    help: 'The older topic was deleted while this directory was away; move its folder aside.',
  },
  UNEXPECTED_OFFSET: {
    code: 'ERR_LOG_UNEXPECTED_OFFSET',
    retriable: false,
    summary: 'Replicated records do not continue the log where it ends.',
    help: 'The follower must truncate to the point where it diverged from the leader.',
  },
  INTERNAL: {
    code: 'ERR_LOG_INTERNAL',
    retriable: false,
    summary: 'A condition that the log relies on does not hold.',
    help: 'This is a bug in Millrace: please report it with the message.',
  },
} as const satisfies Record<string, ErrorEntry>;

/** A file is damaged: the wrong length, version, order or checksum at `position`. */
export class CorruptFileError extends MillraceError {
  readonly file: string;
  /** In bytes from the beginning of the file; lines are not counted. */
  readonly position: number;
  /** What is wrong there, without file and position. */
  readonly problem: string;

  constructor(file: string, position: number, problem: string, options?: ErrorOptions) {
    super(logErrors.CORRUPT_FILE, `${file} is damaged at byte ${position}: ${problem}`, options);
    this.file = file;
    this.position = position;
    this.problem = problem;
  }
}

/** An I/O error took the directory offline. `cause` is what the disk said. */
export class StorageError extends MillraceError {
  readonly directory: string;

  constructor(directory: string, cause: unknown) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    super(logErrors.STORAGE, `Log directory ${directory} is offline: ${reason}`, { cause });
    this.directory = directory;
  }
}

/** Another process has the log directory. */
export class DirectoryLockedError extends MillraceError {
  constructor(directory: string) {
    super(
      logErrors.DIRECTORY_LOCKED,
      `Log directory ${directory} is in use by another process; stop it or choose another directory`,
    );
  }
}

/** The log directory belongs to another node or cluster. */
export class ForeignDirectoryError extends MillraceError {
  constructor(file: string, property: string, found: string, expected: string) {
    super(
      logErrors.FOREIGN_DIRECTORY,
      `${file} says ${property}=${found}, but this node has ${property}=${expected}: the directory belongs to another node`,
    );
  }
}

/** A path that is no log directory. */
export class NoLogDirectoryError extends MillraceError {
  constructor(path: string, problem: string) {
    super(logErrors.NO_DIRECTORY, `${path} is not a log directory: ${problem}`);
  }
}

/** A call on a log that is closed. */
export class LogClosedError extends MillraceError {
  constructor(name: string) {
    super(logErrors.CLOSED, `Log ${name} is closed`);
  }
}

/** A partition that is there already. */
export class PartitionExistsError extends MillraceError {
  constructor(name: string) {
    super(logErrors.PARTITION_EXISTS, `Partition ${name} already exists`);
  }
}

/** A partition is in more than one log directory. */
export class DuplicatePartitionError extends MillraceError {
  constructor(name: string, directories: readonly string[]) {
    super(
      logErrors.DUPLICATE_PARTITION,
      `Partition ${name} is in ${directories.join(' and in ')}; move all but one of them away`,
    );
  }
}

/** A log on the disk is that of an older topic of the same name. */
export class IllegalTopicIdError extends MillraceError {
  constructor(name: string, found: string, expected: string) {
    super(
      logErrors.ILLEGAL_TOPIC_ID,
      `Partition ${name} on disk has topic id ${found}, expected ${expected}: it belongs to an older topic of that name`,
    );
  }
}

/** Replicated records do not begin where the log ends. */
export class UnexpectedOffsetError extends MillraceError {
  readonly expectedOffset: number;
  readonly actualOffset: number;

  constructor(name: string, expectedOffset: number, actualOffset: number) {
    super(
      logErrors.UNEXPECTED_OFFSET,
      `Replicated records for ${name} begin at offset ${actualOffset}, but the log ends at ${expectedOffset}`,
    );
    this.expectedOffset = expectedOffset;
    this.actualOffset = actualOffset;
  }
}

/** A bug: a condition that the log relies on does not hold. */
export class LogInternalError extends MillraceError {
  constructor(message: string) {
    super(logErrors.INTERNAL, message);
  }
}

/** Stops at a state that must not be; stays on in production, since going on could damage data. */
export function invariant(condition: boolean, message: string): asserts condition {
  if (!condition) throw new LogInternalError(message);
}
