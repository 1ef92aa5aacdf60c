import { memoryHost } from '@millrace/host';
import { LogManager } from '@millrace/log';
import { describe, expect, test } from 'vitest';
import { valueBatch } from '../testing/open-quorum.ts';
import { METADATA_TOPIC, METADATA_TOPIC_ID } from './metadata-topic.ts';
import { metadataLogConfig, QuorumLog } from './quorum-log.ts';
import { SnapshotStore } from './snapshot-store.ts';

const SNAPSHOT = { endOffset: 16, epoch: 3 };

/** Epoch 1 has the offsets 0 to 9, epoch 2 those to 14, epoch 3 those to 19. */
async function openLog(): Promise<QuorumLog> {
  const host = memoryHost();
  const manager = await LogManager.open({ host, logDirs: ['/data'] });
  const config = metadataLogConfig(1 << 30);
  const partition = { topic: METADATA_TOPIC, partition: 0, topicId: METADATA_TOPIC_ID, config };
  const log = await manager.create(partition);
  const quorumLog = new QuorumLog(log, await SnapshotStore.open(host, QuorumLog.directoryOf(log)));
  for (let offset = 0; offset < 20; offset++) {
    const epoch = offset < 10 ? 1 : offset < 15 ? 2 : 3;
    await quorumLog.append(valueBatch(`${offset}`), epoch, 1).written;
  }
  log.updateHighWatermark(20);
  return quorumLog;
}

describe('a follower is told', () => {
  test.each([
    [0, 0, { kind: 'matches' }],
    [5, 1, { kind: 'matches' }],
    [10, 1, { kind: 'matches' }],
    [20, 3, { kind: 'matches' }],
    [12, 1, { kind: 'diverges', end: { epoch: 1, offset: 10 } }],
    [18, 2, { kind: 'diverges', end: { epoch: 2, offset: 15 } }],
    [25, 3, { kind: 'diverges', end: { epoch: 3, offset: 20 } }],
    [22, 9, { kind: 'diverges', end: { epoch: 3, offset: 20 } }],
    [12, 3, { kind: 'diverges', end: { epoch: 3, offset: 20 } }],
  ])('that offset %i after epoch %i %j', async (offset, epoch, verdict) => {
    expect((await openLog()).compare(offset, epoch)).toEqual(verdict);
  });

  test.each([
    [16, 3, { kind: 'matches' }],
    [18, 3, { kind: 'matches' }],
    [25, 3, { kind: 'diverges', end: { epoch: 3, offset: 20 } }],
    // Where epoch 2 ended is forgotten: it only looks as if it had ended at the snapshot.
    [18, 2, { kind: 'snapshot', id: SNAPSHOT }],
    [16, 2, { kind: 'snapshot', id: SNAPSHOT }],
    [12, 2, { kind: 'snapshot', id: SNAPSHOT }],
    [0, 0, { kind: 'snapshot', id: SNAPSHOT }],
  ])('behind a snapshot that offset %i after epoch %i %j', async (offset, epoch, verdict) => {
    const log = await openLog();
    // An older one that could not be removed in time.
    log.snapshots.add({ endOffset: 0, epoch: 0 });
    log.snapshots.add(SNAPSHOT);
    await log.log.deleteRecords(SNAPSHOT.endOffset);
    expect(log.compare(offset, epoch)).toEqual(verdict);
  });

  test('to begin with the snapshot where the log no longer knows the record before its own beginning', async () => {
    const log = await openLog();
    log.snapshots.add(SNAPSHOT);
    await log.log.deleteRecords(12);
    expect(log.compare(12, 2)).toEqual({ kind: 'snapshot', id: SNAPSHOT });
    expect(log.compare(13, 2)).toEqual({ kind: 'matches' });
  });
});
