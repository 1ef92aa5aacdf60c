import { controlBatch, controlBatchOf, WireWriter, type MessageCodec } from '@millrace/protocol';
import {
  KRaftVersionRecord,
  LeaderChangeMessage,
  SnapshotFooterRecord,
  SnapshotHeaderRecord,
  VotersRecord,
} from '@millrace/protocol/messages/control-records';
import type { ReplicaKey, VoterSet } from './voter-set.ts';

/** Where a control batch stands; the log changes that for what it appends. */
interface Place {
  readonly timestampMs: number;
  readonly baseOffset?: number;
  readonly partitionLeaderEpoch?: number;
}

/**
 * The first batch of an epoch: who leads, who votes, and who voted for it. In version 0, as Kafka writes it whatever
 * `kraft.version` is; its tools read nothing else.
 */
export function leaderChangeBatch(
  leaderId: number,
  voters: readonly ReplicaKey[],
  granting: readonly ReplicaKey[],
  timestampMs: number,
): Buffer {
  const message = {
    version: 0,
    leaderId,
    voters: voters.map(voterOf),
    grantingVoters: granting.map(voterOf),
  };
  return controlBatch('LEADER_CHANGE', encode(LeaderChangeMessage, message, 0), { timestampMs });
}

function voterOf({ id }: ReplicaKey): { readonly voterId: number } {
  return { voterId: id };
}

export function kraftVersionBatch(kRaftVersion: number, place: Place): Buffer {
  return controlBatch('KRAFT_VERSION', kraftVersionValue(kRaftVersion), place);
}

export function votersBatch(voters: VoterSet, place: Place): Buffer {
  return controlBatch('KRAFT_VOTERS', votersValue(voters), place);
}

/** The level of `kraft.version`, and the voters, which nobody knows from the log before. */
export function upgradeBatch(kRaftVersion: number, voters: VoterSet, timestampMs: number): Buffer {
  const contents = [
    { type: 'KRAFT_VERSION', value: kraftVersionValue(kRaftVersion) },
    { type: 'KRAFT_VOTERS', value: votersValue(voters) },
  ] as const;
  return controlBatchOf(contents, { timestampMs });
}

function kraftVersionValue(kRaftVersion: number): Buffer {
  return encode(KRaftVersionRecord, { version: 0, kRaftVersion }, 0);
}

function votersValue({ voters }: VoterSet): Buffer {
  const message = {
    version: 0,
    voters: voters.map(({ id, directoryId, endpoints, minKraftVersion, maxKraftVersion }) => ({
      voterId: id,
      voterDirectoryId: directoryId,
      endpoints,
      kRaftVersionFeature: {
        minSupportedVersion: minKraftVersion,
        maxSupportedVersion: maxKraftVersion,
      },
    })),
  };
  return encode(VotersRecord, message, 0);
}

export function snapshotHeaderBatch(lastContainedLogTimestamp: number, place: Place): Buffer {
  const value = encode(SnapshotHeaderRecord, { version: 0, lastContainedLogTimestamp }, 0);
  return controlBatch('SNAPSHOT_HEADER', value, place);
}

export function snapshotFooterBatch(place: Place): Buffer {
  return controlBatch('SNAPSHOT_FOOTER', encode(SnapshotFooterRecord, { version: 0 }, 0), place);
}

function encode<Input extends object>(
  codec: MessageCodec<object, Input>,
  message: Input,
  version: number,
): Buffer {
  const writer = new WireWriter();
  codec.write(writer, message, version);
  return writer.toBuffer();
}
