import { kafkaErrorName, MillraceError, type ErrorEntry } from '@millrace/protocol';

/** Every error of this package. Failures of requests are `KafkaError`s with Kafka's codes instead. */
export const brokerErrors = {
  INVALID_CONFIGURATION: {
    code: 'ERR_BROKER_INVALID_CONFIGURATION',
    retriable: false,
    kafkaCode: 40,
    summary: 'Broker properties contradict each other, or ask for something this version does not do.',
    help: 'The message names the property and what it may be.',
  },
  PORT_IN_USE: {
    code: 'ERR_BROKER_PORT_IN_USE',
    retriable: true,
    summary: 'Another process listens on the address already.',
    help: 'Stop that process, or choose another port in `listeners`; port 0 picks a free one.',
  },
  CANNOT_LISTEN: {
    code: 'ERR_BROKER_CANNOT_LISTEN',
    retriable: false,
    summary: 'The address cannot be bound.',
    help: 'The host in `listeners` must be an address of this machine, and ports below 1024 need permission.',
  },
  DATA_DIRECTORY_UNUSABLE: {
    code: 'ERR_BROKER_DATA_DIRECTORY_UNUSABLE',
    retriable: false,
    summary: 'The data directory cannot be written: read-only, full, or not permitted.',
    help: 'The message says which; free space, change permissions, or choose another directory in `log.dirs`.',
  },
  DATA_DIRECTORY_FAILED: {
    code: 'ERR_BROKER_DATA_DIRECTORY_FAILED',
    retriable: false,
    summary: 'The last data directory, or the one with the metadata log, failed while the broker used it.',
    help: 'The broker cannot go on. Free space or mend the disk, then start it again: what was acknowledged is there.',
  },
  FOREIGN_DATA_DIRECTORY: {
    code: 'ERR_BROKER_FOREIGN_DATA_DIRECTORY',
    retriable: false,
    summary: 'The data directory belongs to another cluster or another node.',
    help: 'Point `log.dirs` at the directory of this node, or correct `node.id`; meta.properties in it says whose it is.',
  },
  UNFORMATTED_DATA: {
    code: 'ERR_BROKER_UNFORMATTED_DATA',
    retriable: false,
    summary: 'The directory holds files, but no meta.properties.',
    help: 'A first start formats empty directories only, so that nothing foreign is overwritten. Choose an empty one.',
  },
  CORRUPT_METADATA: {
    code: 'ERR_BROKER_CORRUPT_METADATA',
    retriable: false,
    summary: 'The metadata log cannot be replayed.',
    help: 'The message names offset and record. Restore the folder __cluster_metadata-0 from a copy.',
  },
  UNSUPPORTED_FEATURE: {
    code: 'ERR_BROKER_UNSUPPORTED_FEATURE',
    retriable: false,
    kafkaCode: 35,
    summary: 'The metadata log has a feature at a level that this version does not know.',
    help: 'Newer software has written it. Start that, or format a new directory.',
  },
  CLUSTER: {
    code: 'ERR_BROKER_CLUSTER',
    retriable: false,
    summary: 'The node cannot become part of the cluster.',
    help: 'The message names the node, the cluster and the reason: the wrong cluster id, a node id that is taken, or controllers that cannot be reached.',
  },
  BAD_REQUEST: {
    code: 'ERR_BROKER_BAD_REQUEST',
    retriable: false,
    summary: 'A peer sent something that is no request this broker serves; its connection was closed.',
    help: 'It is in the log only. Usually the peer is no Kafka client, or expects TLS.',
  },
  CLOSED: {
    code: 'ERR_BROKER_CLOSED',
    retriable: false,
    summary: 'The broker was closed.',
    help: 'Start it again.',
  },
  INTERNAL: {
    code: 'ERR_BROKER_INTERNAL',
    retriable: false,
    summary: 'A condition that the broker relies on does not hold.',
    help: 'This is a bug in Millrace: please report it with the message.',
  },
} as const satisfies Record<string, ErrorEntry>;

/** Properties that are legal one by one do not fit together, or ask for what is not served. */
export class InvalidConfigurationError extends MillraceError {
  readonly property: string;

  constructor(property: string, problem: string) {
    super(brokerErrors.INVALID_CONFIGURATION, `Property "${property}" ${problem}`);
    this.property = property;
  }
}

/** This node and the cluster do not come together; the message is one line that names both. */
export class ClusterError extends MillraceError {
  constructor(message: string, options?: ErrorOptions) {
    super(brokerErrors.CLUSTER, message, options);
  }

  /** The active controller does not let this broker in. */
  static refused(nodeId: number, clusterId: string, errorCode: number): ClusterError {
    const code = kafkaErrorName(errorCode);
    const reason = refusalReasons[code] ?? 'its log says why';
    return new ClusterError(
      `The active controller does not register node ${nodeId} of cluster ${clusterId}: ${code}, ${reason}`,
    );
  }

  /** Nobody else can lead what was in a directory that failed, as nobody knows. */
  static unreportedDirectory(timeoutMs: number): ClusterError {
    return new ClusterError(
      `A log directory has failed, and no active controller could be told for ${timeoutMs} ms ("log.dir.failure.timeout.ms")`,
    );
  }

  /** @param addresses where this node has looked for controllers */
  static unreachable(
    nodeId: number,
    timeoutMs: number,
    addresses: readonly string[],
    reason: string,
    cause: unknown,
  ): ClusterError {
    return new ClusterError(
      `Node ${nodeId} has not reached an active controller within ${timeoutMs} ms at ${addresses.join(', ')}; are the ` +
        `addresses right, and do most of the controllers run? ${reason}`,
      { cause },
    );
  }
}

const refusalReasons: Readonly<Record<string, string>> = {
  INCONSISTENT_CLUSTER_ID:
    'it belongs to another cluster; correct the addresses of the controllers or "cluster.id"',
  DUPLICATE_BROKER_REGISTRATION: 'another running broker has that "node.id"; choose one that is free',
  INVALID_REGISTRATION:
    'its directories are those of another broker, or its data directory is a copy; use directories of its own',
  UNSUPPORTED_VERSION: 'the cluster uses features that this version does not know',
};

/** A listener could not be opened. */
export class ListenError extends MillraceError {
  readonly address: string;

  /** @param property where the address was given */
  constructor(address: string, cause: unknown, property = 'listeners') {
    const inUse = errorCodeOf(cause) === 'EADDRINUSE';
    super(
      inUse ? brokerErrors.PORT_IN_USE : brokerErrors.CANNOT_LISTEN,
      inUse
        ? `Address ${address} is in use by another process; stop it or choose another port in "${property}"`
        : `Cannot listen on ${address}: ${messageOf(cause)}`,
      { cause },
    );
    this.address = address;
  }
}

/** A data directory cannot serve this node; the message is one line that says why and what to do. */
export class DataDirectoryError extends MillraceError {
  readonly directory: string;

  constructor(kind: DataDirectoryErrorKind, directory: string, problem: string, options?: ErrorOptions) {
    super(brokerErrors[kind], `Data directory ${directory} ${problem}`, options);
    this.directory = directory;
  }

  /** What an error of the disk means for a directory that must be writable. */
  static fromDisk(directory: string, cause: unknown): DataDirectoryError {
    return new DataDirectoryError('DATA_DIRECTORY_UNUSABLE', directory, diskProblemOf(cause), { cause });
  }

  /** The same for a directory that a broker was using and cannot do without. */
  static whileInUse(directory: string, cause: unknown): DataDirectoryError {
    const problem = `failed while in use: it ${diskProblemOf(cause)}`;
    return new DataDirectoryError('DATA_DIRECTORY_FAILED', directory, problem, { cause });
  }
}

export type DataDirectoryErrorKind =
  | 'DATA_DIRECTORY_UNUSABLE'
  | 'DATA_DIRECTORY_FAILED'
  | 'FOREIGN_DATA_DIRECTORY'
  | 'UNFORMATTED_DATA';

function diskProblemOf(cause: unknown): string {
  return diskProblems[errorCodeOf(cause) ?? ''] ?? `cannot be used: ${messageOf(cause)}`;
}

const diskProblems: Readonly<Record<string, string>> = {
  EROFS: 'is on a read-only file system; choose another one in "log.dirs"',
  EACCES: 'is not writable for this user; change its permissions or choose another one in "log.dirs"',
  EPERM: 'is not writable for this user; change its permissions or choose another one in "log.dirs"',
  ENOSPC: 'is on a full disk; free some space or choose another one in "log.dirs"',
  EDQUOT: 'is over its disk quota; free some space or choose another one in "log.dirs"',
  EIO: 'has a defect (input/output error); look at the disk, or choose another one in "log.dirs"',
  ENOTDIR: 'is not a directory; choose another one in "log.dirs"',
};

/** The metadata log, or a snapshot of it, holds something that cannot be applied. */
export class CorruptMetadataError extends MillraceError {
  constructor(problem: string, options?: ErrorOptions) {
    super(brokerErrors.CORRUPT_METADATA, `Metadata log: ${problem}`, options);
  }
}

/** A finalized feature is newer, or older, than what this version implements. */
export class UnsupportedFeatureError extends MillraceError {
  readonly feature: string;
  readonly level: number;

  constructor(feature: string, level: number, range: { minVersion: number; maxVersion: number } | undefined) {
    const supported =
      range === undefined ? 'none of it' : `levels ${range.minVersion} to ${range.maxVersion}`;
    super(
      brokerErrors.UNSUPPORTED_FEATURE,
      `Feature ${feature} is at level ${level}, but this version supports ${supported}; start the version that wrote it`,
    );
    this.feature = feature;
    this.level = level;
  }
}

/** A call after `close()`. */
export class BrokerClosedError extends MillraceError {
  constructor() {
    super(brokerErrors.CLOSED, 'The broker is closed');
  }
}

/** A bug: a condition that the broker relies on does not hold. */
export class BrokerInternalError extends MillraceError {
  constructor(message: string) {
    super(brokerErrors.INTERNAL, message);
  }
}

/** Stops at a state that must not be; stays on in production, since going on could damage data. */
export function invariant(condition: boolean, message: string): asserts condition {
  if (!condition) throw new BrokerInternalError(message);
}

/** `code` of a system error, for example `EADDRINUSE`. */
export function errorCodeOf(error: unknown): string | undefined {
  const code = typeof error === 'object' && error !== null ? (error as { code?: unknown }).code : undefined;
  return typeof code === 'string' ? code : undefined;
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
