// Generated from definitions/structures/quorum-state.def
// by "npm run generate -w packages/protocol". Do not edit.
//
// The content of the quorum-state file, which Kafka writes as JSON.

import { defineMessage, type MessageCodec } from '../../wire/message-codec.ts';
import type { UnknownTaggedField } from '../../wire/tagged-field.ts';
import { ZERO_UUID } from '../../wire/uuid.ts';
import type { WireReader } from '../../wire/wire-reader.ts';
import type { WireWriter } from '../../wire/wire-writer.ts';

/** QuorumStateData, versions 0 to 1. */
export interface QuorumStateData {
  clusterId: string;
  leaderId: number;
  leaderEpoch: number;
  votedId: number;
  votedDirectoryId: string;
  appliedOffset: number;
  currentVoters: QuorumStateDataVoter[] | null;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface QuorumStateDataInput {
  readonly clusterId?: string | undefined;
  readonly leaderId?: number | undefined;
  readonly leaderEpoch?: number | undefined;
  readonly votedId?: number | undefined;
  readonly votedDirectoryId?: string | undefined;
  readonly appliedOffset?: number | undefined;
  readonly currentVoters?: readonly QuorumStateDataVoterInput[] | null | undefined;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface QuorumStateDataVoter {
  voterId: number;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface QuorumStateDataVoterInput {
  readonly voterId: number;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/** QuorumStateData, versions 0 to 1. */
export const QuorumStateData: MessageCodec<QuorumStateData, QuorumStateDataInput> =
  /* @__PURE__ */ defineMessage({
  name: 'QuorumStateData',
  apiKey: -1,
  minVersion: 0,
  maxVersion: 1,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  read: readQuorumStateData,
  write: writeQuorumStateData,
  create: (partial) => ({ ...createQuorumStateData(), ...partial }),
});

function readQuorumStateDataVoter(reader: WireReader, _version: number): QuorumStateDataVoter {
  const voterId = reader.int32();
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    voterId,
    unknownTaggedFields,
  };
}

function writeQuorumStateDataVoter(
  writer: WireWriter,
  message: QuorumStateDataVoterInput,
  _version: number,
): void {
  const voterId = message.voterId;
  writer.int32(voterId, 'currentVoters.voterId');
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function readQuorumStateData(reader: WireReader, version: number): QuorumStateData {
  const clusterId = version <= 0 ? reader.string(true) : '';
  const leaderId = reader.int32();
  const leaderEpoch = reader.int32();
  const votedId = reader.int32();
  const votedDirectoryId = version >= 1 ? reader.uuid() : ZERO_UUID;
  const appliedOffset = version <= 0 ? reader.int64() : 0;
  let currentVoters: QuorumStateDataVoter[] | null = [];
  if (version <= 0) {
    const currentVotersCount = reader.nullableArrayLength(true, 5);
    if (currentVotersCount < 0) currentVoters = null;
    if (currentVotersCount >= 0) {
      currentVoters = new Array<QuorumStateDataVoter>(currentVotersCount);
      for (let i = 0; i < currentVotersCount; i++) {
        currentVoters[i] = readQuorumStateDataVoter(reader, version);
      }
    }
  }
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    clusterId,
    leaderId,
    leaderEpoch,
    votedId,
    votedDirectoryId,
    appliedOffset,
    currentVoters,
    unknownTaggedFields,
  };
}

function writeQuorumStateData(writer: WireWriter, message: QuorumStateDataInput, version: number): void {
  const clusterId = message.clusterId === undefined ? '' : message.clusterId;
  if (version <= 0) {
    writer.string(clusterId, true, 'clusterId');
  } else if (clusterId !== '') {
    throw writer.notInVersion('clusterId');
  }
  const leaderId = message.leaderId === undefined ? -1 : message.leaderId;
  writer.int32(leaderId, 'leaderId');
  const leaderEpoch = message.leaderEpoch === undefined ? -1 : message.leaderEpoch;
  writer.int32(leaderEpoch, 'leaderEpoch');
  const votedId = message.votedId === undefined ? -1 : message.votedId;
  writer.int32(votedId, 'votedId');
  const votedDirectoryId = message.votedDirectoryId === undefined ? ZERO_UUID : message.votedDirectoryId;
  if (version >= 1) {
    writer.uuid(votedDirectoryId, 'votedDirectoryId');
  } else if (votedDirectoryId !== ZERO_UUID) {
    throw writer.notInVersion('votedDirectoryId');
  }
  const appliedOffset = message.appliedOffset === undefined ? 0 : message.appliedOffset;
  if (version <= 0) {
    writer.int64(appliedOffset, 'appliedOffset');
  } else if (appliedOffset !== 0) {
    throw writer.notInVersion('appliedOffset');
  }
  const currentVoters = message.currentVoters === undefined ? [] : message.currentVoters;
  if (version <= 0) {
    if (currentVoters === null) {
      writer.nullArray(true);
    } else {
      const currentVotersCount = writer.arrayLength(currentVoters, true, 'currentVoters');
      for (let i = 0; i < currentVotersCount; i++) {
        writeQuorumStateDataVoter(writer, currentVoters[i]!, version);
      }
    }
  } else if (currentVoters === null || currentVoters.length > 0) {
    throw writer.notInVersion('currentVoters');
  }
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function createQuorumStateData(): QuorumStateData {
  return {
    clusterId: '',
    leaderId: -1,
    leaderEpoch: -1,
    votedId: -1,
    votedDirectoryId: ZERO_UUID,
    appliedOffset: 0,
    currentVoters: [],
    unknownTaggedFields: undefined,
  };
}
