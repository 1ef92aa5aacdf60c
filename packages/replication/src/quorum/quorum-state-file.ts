import { join } from 'node:path';
import { replaceFile, type Disk } from '@millrace/host';
import { ZERO_UUID } from '@millrace/protocol';
import { messageOf, QuorumStateError } from '../errors.ts';
import type { ReplicaKey } from './voter-set.ts';

const FILE = 'quorum-state';

/** What a voter must never forget. */
export interface ElectionState {
  /** -1 before the first. */
  readonly epoch: number;
  /** -1 while not known. Once known for an epoch, it never changes. */
  readonly leaderId: number;
  /** Whom this node has given its vote in the epoch. */
  readonly votedFor: ReplicaKey | undefined;
}

export const noElection: ElectionState = { epoch: -1, leaderId: -1, votedFor: undefined };

/**
 * Kafka's file beside the metadata log: version 0 with static voters, version 1 with those in the log. Empty where
 * there is none; a node that Kafka has formatted has none before its first election.
 * @throws QuorumStateError
 */
export async function readQuorumState(disk: Disk, directory: string): Promise<ElectionState> {
  const path = join(directory, FILE);
  if ((await disk.stat(path)) === undefined) return noElection;
  const content = (await disk.readFile(path)).toString();
  try {
    return parseQuorumState(content);
  } catch (cause) {
    throw new QuorumStateError(path, messageOf(cause), { cause });
  }
}

/** Durable when it resolves. */
export async function writeQuorumState(
  disk: Disk,
  directory: string,
  state: ElectionState,
  form: { readonly kraftVersion: number; readonly voterIds: readonly number[] },
): Promise<void> {
  await replaceFile(disk, join(directory, FILE), formatQuorumState(state, form));
}

export function parseQuorumState(content: string): ElectionState {
  const file = JSON.parse(content) as Record<string, unknown>;
  const version = file['data_version'];
  if (version !== 0 && version !== 1) throw new Error(`its data_version is ${JSON.stringify(version)}`);
  const epoch = integer(file, 'leaderEpoch');
  const votedId = integer(file, 'votedId');
  const directoryId = version === 0 ? undefined : file['votedDirectoryId'];
  return {
    epoch,
    leaderId: integer(file, 'leaderId'),
    votedFor:
      votedId < 0
        ? undefined
        : { id: votedId, directoryId: typeof directoryId === 'string' ? directoryId : ZERO_UUID },
  };
}

export function formatQuorumState(
  { epoch, leaderId, votedFor }: ElectionState,
  { kraftVersion, voterIds }: { readonly kraftVersion: number; readonly voterIds: readonly number[] },
): string {
  const votedId = votedFor?.id ?? -1;
  if (kraftVersion > 0) {
    const votedDirectoryId = votedFor?.directoryId ?? ZERO_UUID;
    return JSON.stringify({ leaderId, leaderEpoch: epoch, votedId, votedDirectoryId, data_version: 1 });
  }
  return JSON.stringify({
    clusterId: '',
    leaderId,
    leaderEpoch: epoch,
    votedId,
    appliedOffset: 0,
    currentVoters: voterIds.map((voterId) => ({ voterId })),
    data_version: 0,
  });
}

function integer(file: Record<string, unknown>, name: string): number {
  const value = file[name];
  if (typeof value !== 'number' || !Number.isInteger(value)) {
    throw new Error(`its ${name} is ${JSON.stringify(value)}`);
  }
  return value;
}
