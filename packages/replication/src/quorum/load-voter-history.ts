import type { Disk } from '@millrace/host';
import {
  controlRecordType,
  decodeRecords,
  isBatchControl,
  batchSizeBytes,
  recordBatches,
  WireReader,
  type RecordBatch,
} from '@millrace/protocol';
import { KRaftVersionRecord, VotersRecord } from '@millrace/protocol/messages/control-records';
import type { QuorumLog } from './quorum-log.ts';
import type { SnapshotId } from './snapshot-id.ts';
import type { VoterHistory } from './voter-history.ts';
import { VoterSet } from './voter-set.ts';

const READ_BYTES = 1 << 20;
/** Voters are at the beginning of a snapshot, before everything that grows. */
const SNAPSHOT_HEAD_BYTES = 1 << 16;

/** Reads who votes from the newest snapshot and the log after it, committed or not. */
export async function loadVoterHistory(disk: Disk, log: QuorumLog, history: VoterHistory): Promise<void> {
  const { newest } = log.snapshots;
  if (newest !== undefined) await readSnapshotVoters(disk, log, newest, history);
  let offset = Math.max(log.startOffset, newest?.endOffset ?? 0);
  while (offset < log.endOffset) {
    const read = await log.log.read({
      offset,
      maxBytes: READ_BYTES,
      minOneMessage: true,
      upTo: 'logEndOffset',
    });
    const batches = Buffer.concat(read.records);
    observeVoters(batches, history);
    const last = recordBatches(batches).at(-1);
    if (last === undefined || last.nextOffset <= offset) return;
    offset = last.nextOffset;
  }
}

/** What held when the snapshot was made goes for everything before its end. */
export async function readSnapshotVoters(
  disk: Disk,
  log: QuorumLog,
  id: SnapshotId,
  history: VoterHistory,
): Promise<void> {
  const file = await disk.open(log.snapshots.path(id), 'read');
  let head: Buffer;
  try {
    head = Buffer.alloc(Math.min(await file.size(), SNAPSHOT_HEAD_BYTES));
    await file.read(head, 0);
  } finally {
    await file.close();
  }
  let voters: VoterSet | undefined;
  let kraftVersion: number | undefined;
  for (const batch of recordBatches(head)) {
    if (!batch.isControl) break;
    readControlBatch(batch, {
      voters: (value) => (voters = value),
      kraftVersion: (value) => (kraftVersion = value),
    });
  }
  history.voters.restartAt(id.endOffset, voters);
  history.kraftVersions.restartAt(id.endOffset, kraftVersion);
}

/** Takes what appended batches say of the voters into the history. @returns whether they said anything */
export function observeVoters(batches: Buffer, history: VoterHistory): boolean {
  let isChanged = false;
  for (let at = 0; at < batches.length; at += batchSizeBytes(batches, at)) {
    if (!isBatchControl(batches, at)) continue;
    const [batch] = recordBatches(batches.subarray(at, at + batchSizeBytes(batches, at)));
    readControlBatch(batch!, {
      voters: (value, offset) => {
        history.voters.add(offset, value);
        isChanged = true;
      },
      kraftVersion: (value, offset) => {
        history.kraftVersions.add(offset, value);
        isChanged = true;
      },
    });
  }
  return isChanged;
}

function readControlBatch(
  batch: RecordBatch,
  on: {
    readonly voters: (voters: VoterSet, offset: number) => void;
    readonly kraftVersion: (version: number, offset: number) => void;
  },
): void {
  for (const record of decodeRecords(batch)) {
    const type = controlRecordType(record);
    if (record.value === null) continue;
    const reader = new WireReader(record.value);
    if (type === 'KRAFT_VERSION') {
      on.kraftVersion(KRaftVersionRecord.read(reader, 0).kRaftVersion, record.offset);
    } else if (type === 'KRAFT_VOTERS') {
      on.voters(votersOf(VotersRecord.read(reader, 0)), record.offset);
    }
  }
}

function votersOf({ voters }: VotersRecord): VoterSet {
  return new VoterSet(
    voters.map(({ voterId, voterDirectoryId, endpoints, kRaftVersionFeature }) => ({
      id: voterId,
      directoryId: voterDirectoryId,
      endpoints: endpoints.map(({ name, host, port }) => ({ name, host, port })),
      minKraftVersion: kRaftVersionFeature.minSupportedVersion,
      maxKraftVersion: kRaftVersionFeature.maxSupportedVersion,
    })),
  );
}
