import { MillraceError, type ErrorEntry } from '@millrace/protocol';

/** Every error of this package. */
export const replicationErrors = {
  PEER_UNAVAILABLE: {
    code: 'ERR_REPLICATION_PEER_UNAVAILABLE',
    retriable: true,
    summary: 'Another node cannot be reached, or the connection to it was lost.',
    help: 'The message names the node and its address. Is it running, and is the address of its listener right?',
  },
  PEER_TIMEOUT: {
    code: 'ERR_REPLICATION_PEER_TIMEOUT',
    retriable: true,
    kafkaCode: 7,
    summary: 'Another node has not answered in time.',
    help: 'It may have acted on the request. Look at its load and at the network between the two.',
  },
  PEER_ANSWER: {
    code: 'ERR_REPLICATION_PEER_ANSWER',
    retriable: true,
    summary: 'What another node has sent is not an answer to what it was asked.',
    help: 'Something else listens at that address, or the node runs a version that this one does not know.',
  },
  PEER_LOGIN: {
    code: 'ERR_REPLICATION_PEER_LOGIN',
    retriable: true,
    kafkaCode: 58,
    summary: 'Another node has refused the login of this one.',
    help: 'User and password of the listener between nodes must be the same on all of them.',
  },
  NOT_LEADER: {
    code: 'ERR_REPLICATION_NOT_LEADER',
    retriable: true,
    kafkaCode: 41,
    summary: 'This node does not lead the metadata quorum, or no longer in that epoch.',
    help: 'Ask the active controller; what was appended may still become committed.',
  },
  QUORUM_STATE: {
    code: 'ERR_REPLICATION_QUORUM_STATE',
    retriable: false,
    summary: 'The quorum-state file beside the metadata log cannot be understood.',
    help: 'The message names the file and the problem. Restore it; a voter that forgets its vote can elect two leaders.',
  },
  SNAPSHOT: {
    code: 'ERR_REPLICATION_SNAPSHOT',
    retriable: false,
    summary: 'A snapshot of the metadata is damaged, or it does not continue the log.',
    help: 'The message names the file. Move it aside, and let the node fetch one from the leader.',
  },
  VOTERS: {
    code: 'ERR_REPLICATION_VOTERS',
    retriable: false,
    summary: 'The voters of the quorum are not given in the form that Kafka gives them.',
    help: '`controller.quorum.voters` is a list of id@host:port, separated by commas.',
  },
  DIVERGED: {
    code: 'ERR_REPLICATION_DIVERGED',
    retriable: false,
    summary: 'The leader of the quorum does not have what this node knows to be committed.',
    help: 'Nothing was deleted. A voter has lost its disk, or belongs to another cluster: compare the logs before going on.',
  },
  FOREIGN_CLUSTER: {
    code: 'ERR_REPLICATION_FOREIGN_CLUSTER',
    retriable: false,
    kafkaCode: 104,
    summary: 'The controllers that this node was told to ask belong to another cluster.',
    help: 'Correct the addresses of the controllers, or `cluster.id`; a directory keeps the id it was formatted with.',
  },
  INTERNAL: {
    code: 'ERR_REPLICATION_INTERNAL',
    retriable: false,
    summary: 'A condition that replication relies on does not hold.',
    help: 'This is a bug in Millrace: please report it with the message.',
  },
} as const satisfies Record<string, ErrorEntry>;

/** The request was not sent, or the connection was lost: the peer may or may not have acted on it. */
export class PeerUnavailableError extends MillraceError {
  constructor(peer: string, problem: string, options?: ErrorOptions) {
    super(replicationErrors.PEER_UNAVAILABLE, `${peer} cannot be reached: ${problem}`, options);
  }
}

/** No answer came in time; the peer may have acted. */
export class PeerTimeoutError extends MillraceError {
  constructor(peer: string, api: string, timeoutMs: number) {
    super(replicationErrors.PEER_TIMEOUT, `${peer} has not answered ${api} within ${timeoutMs} ms`);
  }
}

/** What came is not an answer to what was asked. */
export class PeerAnswerError extends MillraceError {
  constructor(peer: string, problem: string, options?: ErrorOptions) {
    super(
      replicationErrors.PEER_ANSWER,
      `${peer} has sent something else than an answer: ${problem}`,
      options,
    );
  }
}

/** The peer does not accept user and password, or could not prove that it knows them (SCRAM). */
export class PeerLoginError extends MillraceError {
  constructor(peer: string, problem: string) {
    super(replicationErrors.PEER_LOGIN, `${peer} refuses the login of this node: ${problem}`);
  }
}

/** This node does not lead in the given epoch. What was appended in it may still become committed. */
export class NotLeaderError extends MillraceError {
  constructor(epoch: number, leader: { readonly leaderId: number; readonly epoch: number }) {
    const who = leader.leaderId < 0 ? 'nobody is known to lead' : `node ${leader.leaderId} leads`;
    super(
      replicationErrors.NOT_LEADER,
      `This node does not lead the metadata quorum in epoch ${epoch}; ${who} in epoch ${leader.epoch}`,
    );
  }
}

/** A `quorum-state` file that cannot be understood. */
export class QuorumStateError extends MillraceError {
  constructor(file: string, problem: string, options?: ErrorOptions) {
    super(replicationErrors.QUORUM_STATE, `${file} cannot be used: ${problem}`, options);
  }
}

/** A snapshot that is damaged, or does not continue the log. */
export class QuorumSnapshotError extends MillraceError {
  constructor(file: string, problem: string, options?: ErrorOptions) {
    super(replicationErrors.SNAPSHOT, `Snapshot ${file}: ${problem}`, options);
  }
}

/** A list of voters that cannot be understood. */
export class VotersError extends MillraceError {
  constructor(problem: string) {
    super(replicationErrors.VOTERS, problem);
  }
}

/** The leader does not have what this node knows to be committed. Nothing was deleted. */
export class DivergedError extends MillraceError {
  constructor(problem: string) {
    super(replicationErrors.DIVERGED, problem);
  }
}

/** This node and the controllers it asks are not of one cluster. */
export class ForeignClusterError extends MillraceError {
  /** @param controllers who said so; negative for an address of which no id is known */
  constructor(nodeId: number, clusterId: string, controllers: readonly number[]) {
    const who = controllers.some((id) => id < 0)
      ? 'the controllers'
      : `controller ${controllers.join(' and ')}`;
    super(
      replicationErrors.FOREIGN_CLUSTER,
      `Node ${nodeId} belongs to cluster ${clusterId}, but ${who} to another one; correct the addresses of the ` +
        'controllers or "cluster.id"',
    );
  }
}

/** A bug: a condition that replication relies on does not hold. */
export class ReplicationInternalError extends MillraceError {
  constructor(message: string) {
    super(replicationErrors.INTERNAL, message);
  }
}

/** Stops at a state that must not be; stays on in production, since going on could lose data. */
export function invariant(condition: boolean, message: string): asserts condition {
  if (!condition) throw new ReplicationInternalError(message);
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
