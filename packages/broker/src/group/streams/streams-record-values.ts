import type { WireReader, WireWriter } from '@millrace/protocol';
import {
  StreamsGroupCurrentMemberAssignmentValue,
  StreamsGroupMemberMetadataValue,
  StreamsGroupMetadataValue,
  StreamsGroupTargetAssignmentMemberValue,
  StreamsGroupTargetAssignmentMetadataValue,
  StreamsGroupTopologyValue,
  type StreamsGroupCurrentMemberAssignmentValueTaskIds,
  type StreamsGroupCurrentMemberAssignmentValueTaskIdsInput,
} from '@millrace/protocol/messages/coordinator-records';
import type { TargetEpoch } from '../consumer/consumer-records.ts';
import { hashNumber, hashText } from '../consumer/topics-hash.ts';
import type { StreamsEpoch, StreamsRecord } from './streams-records.ts';
import { type StreamsAssignment, type StreamsMemberMetadata, StreamsMemberState } from './streams-member.ts';
import { type ActiveTasks, fromTaskIds, type Tasks, toTaskIds, withoutEpochs } from './tasks.ts';
import { toStreamsTopology, type StreamsTopology } from './topology/streams-topology.ts';

/** The value of a record that is no tombstone. */
export function writeStreamsValue(writer: WireWriter, record: StreamsRecord): void {
  switch (record.type) {
    case 'streams-epoch': {
      const { epoch, metadataHash, validatedTopologyEpoch, assignmentConfigs } = record.value!;
      const lastAssignmentConfigs = [...assignmentConfigs].map(([key, value]) => ({ key, value }));
      const hash = hashNumber(metadataHash);
      const fields = { epoch, metadataHash: hash, validatedTopologyEpoch, lastAssignmentConfigs };
      return StreamsGroupMetadataValue.write(writer, fields, 0);
    }
    case 'streams-member':
      return StreamsGroupMemberMetadataValue.write(writer, { ...record.value!, instanceId: null }, 0);
    case 'streams-target-epoch': {
      const { epoch, timestampMs } = record.value!;
      const fields = { assignmentEpoch: epoch, assignmentTimestamp: timestampMs };
      return StreamsGroupTargetAssignmentMetadataValue.write(writer, fields, 0);
    }
    case 'streams-target': {
      const { active, standby, warmup } = record.value!;
      const fields = {
        activeTasks: toTaskIds(active),
        standbyTasks: toTaskIds(standby),
        warmupTasks: toTaskIds(warmup),
      };
      return StreamsGroupTargetAssignmentMemberValue.write(writer, fields, 0);
    }
    case 'streams-current':
      return writeCurrent(writer, record.value!);
    case 'streams-topology':
      return StreamsGroupTopologyValue.write(writer, record.value!, 0);
  }
}

function writeCurrent(writer: WireWriter, value: StreamsAssignment): void {
  const { memberEpoch, previousMemberEpoch, state, assigned, pendingRevocation } = value;
  const fields = {
    memberEpoch,
    previousMemberEpoch,
    state,
    activeTasks: withEpochs(assigned.active),
    standbyTasks: toTaskIds(assigned.standby),
    warmupTasks: toTaskIds(assigned.warmup),
    activeTasksPendingRevocation: withEpochs(pendingRevocation.active),
    standbyTasksPendingRevocation: toTaskIds(pendingRevocation.standby),
    warmupTasksPendingRevocation: toTaskIds(pendingRevocation.warmup),
  };
  StreamsGroupCurrentMemberAssignmentValue.write(writer, fields, 0);
}

function withEpochs(active: ActiveTasks): StreamsGroupCurrentMemberAssignmentValueTaskIdsInput[] {
  return toTaskIds(withoutEpochs(active)).map(({ subtopologyId, partitions }) => {
    const epochs = active.get(subtopologyId)!;
    const assignmentEpochs = partitions.map((partition) => epochs.get(partition)!);
    return { subtopologyId, partitions, assignmentEpochs };
  });
}

export function readStreamsEpoch(reader: WireReader): StreamsEpoch {
  const fields = StreamsGroupMetadataValue.read(reader, 0);
  const { epoch, metadataHash, validatedTopologyEpoch, lastAssignmentConfigs } = fields;
  return {
    epoch,
    metadataHash: hashText(metadataHash),
    validatedTopologyEpoch,
    assignmentConfigs: new Map((lastAssignmentConfigs ?? []).map(({ key, value }) => [key, value])),
  };
}

export function readStreamsMember(reader: WireReader): StreamsMemberMetadata {
  const fields = StreamsGroupMemberMetadataValue.read(reader, 0);
  const { rackId, clientId, clientHost, rebalanceTimeoutMs, topologyEpoch, processId, userEndpoint } = fields;
  return {
    rackId,
    clientId,
    clientHost,
    rebalanceTimeoutMs,
    topologyEpoch,
    processId,
    userEndpoint: userEndpoint && { host: userEndpoint.host, port: userEndpoint.port },
    clientTags: fields.clientTags.map(({ key, value }) => ({ key, value })),
  };
}

export function readStreamsTargetEpoch(reader: WireReader): TargetEpoch {
  const fields = StreamsGroupTargetAssignmentMetadataValue.read(reader, 0);
  return { epoch: fields.assignmentEpoch, timestampMs: fields.assignmentTimestamp };
}

export function readStreamsTarget(reader: WireReader): Tasks {
  const { activeTasks, standbyTasks, warmupTasks } = StreamsGroupTargetAssignmentMemberValue.read(reader, 0);
  return {
    active: fromTaskIds(activeTasks),
    standby: fromTaskIds(standbyTasks),
    warmup: fromTaskIds(warmupTasks),
  };
}

export function readStreamsCurrent(reader: WireReader): StreamsAssignment {
  const fields = StreamsGroupCurrentMemberAssignmentValue.read(reader, 0);
  const { memberEpoch, previousMemberEpoch } = fields;
  return {
    state: stateOf(fields.state),
    memberEpoch,
    previousMemberEpoch,
    assigned: {
      active: readActive(fields.activeTasks, memberEpoch),
      standby: fromTaskIds(fields.standbyTasks),
      warmup: fromTaskIds(fields.warmupTasks),
    },
    pendingRevocation: {
      active: readActive(fields.activeTasksPendingRevocation, memberEpoch),
      standby: fromTaskIds(fields.standbyTasksPendingRevocation),
      warmup: fromTaskIds(fields.warmupTasksPendingRevocation),
    },
  };
}

/** Records of Apache Kafka 4.2 do not tell when a task was given: at the member's epoch at the latest. */
function readActive(
  list: readonly StreamsGroupCurrentMemberAssignmentValueTaskIds[],
  memberEpoch: number,
): ActiveTasks {
  return new Map(
    list.map(({ subtopologyId, partitions, assignmentEpochs: epochs }) => [
      subtopologyId,
      new Map(partitions.map((partition, at) => [partition, epochs?.[at] ?? memberEpoch])),
    ]),
  );
}

/** A state that is not known here is one in which the member has something left to do. */
function stateOf(state: number): StreamsMemberState {
  return Object.values(StreamsMemberState).find((known) => known === state) ?? StreamsMemberState.unreleased;
}

export function readStreamsTopology(reader: WireReader): StreamsTopology {
  return toStreamsTopology(StreamsGroupTopologyValue.read(reader, 0));
}
