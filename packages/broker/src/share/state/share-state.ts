import type { ShareSnapshotValue } from '@millrace/protocol/messages/coordinator-records';
import { coordinatorKey, type SharePartitionKey } from './share-partition-key.ts';
import type { ShareStateRecord } from './share-state-records.ts';
import { mergeStateBatches, type StateBatch } from './state-batch.ts';

/** In requests and records: as it is, or not known. */
export const UNCHANGED = -1;

/** What is durable of one share partition. Never changed in place. */
export interface ShareState {
  readonly key: SharePartitionKey;
  /** Rises with every snapshot. */
  readonly snapshotEpoch: number;
  /** Rises with every initialization; whoever writes for an older one is refused. */
  readonly stateEpoch: number;
  /** Of the leader of the topic's partition that wrote last. */
  readonly leaderEpoch: number;
  /** Nothing before it is delivered any more; -1 while the group's reset policy has yet to decide. */
  readonly startOffset: number;
  /** Records from `startOffset` on that are done with. */
  readonly deliveryCompleteCount: number;
  readonly batches: readonly StateBatch[];
  readonly createdAtMs: number;
  readonly writtenAtMs: number;
  /** Update records since the last snapshot. */
  readonly updates: number;
}

/** Share partitions by `coordinatorKey`. */
export type ShareStates = Map<string, ShareState>;

/** Changes what is known as a record says, when it is written as well as when it is replayed. */
export function applyShareStateRecord(states: ShareStates, record: ShareStateRecord): void {
  const id = coordinatorKey(record.key);
  if (record.value === null) {
    states.delete(id);
    return;
  }
  if (record.type === 'snapshot') {
    states.set(id, fromSnapshot(record.key, record.value));
    return;
  }
  const state = states.get(id);
  // The log was cut between a snapshot and its updates: a later snapshot has all of it.
  if (state === undefined) return;
  const { value } = record;
  const startOffset = value.startOffset === UNCHANGED ? state.startOffset : value.startOffset;
  states.set(id, {
    ...state,
    leaderEpoch: value.leaderEpoch === UNCHANGED ? state.leaderEpoch : value.leaderEpoch,
    startOffset,
    deliveryCompleteCount: value.deliveryCompleteCount,
    batches: mergeStateBatches(state.batches, value.stateBatches, startOffset),
    updates: state.updates + 1,
  });
}

function fromSnapshot(key: SharePartitionKey, value: ShareSnapshotValue): ShareState {
  return {
    key,
    snapshotEpoch: value.snapshotEpoch,
    stateEpoch: value.stateEpoch,
    leaderEpoch: value.leaderEpoch,
    startOffset: value.startOffset,
    deliveryCompleteCount: value.deliveryCompleteCount,
    batches: value.stateBatches,
    createdAtMs: value.createTimestamp,
    writtenAtMs: value.writeTimestamp,
    updates: 0,
  };
}

/** The record that says all of it. */
export function snapshotOf(state: ShareState): ShareStateRecord {
  return {
    type: 'snapshot',
    key: state.key,
    value: {
      snapshotEpoch: state.snapshotEpoch,
      stateEpoch: state.stateEpoch,
      leaderEpoch: state.leaderEpoch,
      startOffset: state.startOffset,
      deliveryCompleteCount: state.deliveryCompleteCount,
      createTimestamp: state.createdAtMs,
      writeTimestamp: state.writtenAtMs,
      stateBatches: state.batches.map((batch) => ({ ...batch })),
    },
  };
}
