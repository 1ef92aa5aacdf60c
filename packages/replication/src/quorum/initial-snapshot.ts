import {
  kraftVersionBatch,
  snapshotFooterBatch,
  snapshotHeaderBatch,
  votersBatch,
} from './control-batches.ts';
import { MAX_KRAFT_VERSION, type VoterSet } from './voter-set.ts';

/** Before the first record: a quorum whose voters may change begins with it (KIP-853). */
export const INITIAL_SNAPSHOT = { endOffset: 0, epoch: 0 } as const;

/** What formatting leaves beside the metadata log of a voter, for the start to know who the others are. */
export function initialSnapshot(voters: VoterSet, timestampMs: number): Buffer {
  const place = (baseOffset: number) => ({ timestampMs, baseOffset, partitionLeaderEpoch: 0 });
  return Buffer.concat([
    snapshotHeaderBatch(0, place(0)),
    kraftVersionBatch(MAX_KRAFT_VERSION, place(1)),
    votersBatch(voters, place(2)),
    snapshotFooterBatch(place(3)),
  ]);
}
