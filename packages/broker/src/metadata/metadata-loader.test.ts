import { silentLogger } from '@millrace/host';
import { buildBatch } from '@millrace/protocol';
import { NoOpRecord } from '@millrace/protocol/messages/metadata-records';
import { expect, it } from 'vitest';
import { encodeMetadataBatch } from './metadata-batch.ts';
import { MetadataLoader } from './metadata-loader.ts';
import { imageOfSnapshot } from './metadata-snapshots.ts';
import { encodeSnapshot } from './snapshot-file.ts';

function openLoader(): { loader: MetadataLoader; faults: Error[] } {
  const faults: Error[] = [];
  const loader = new MetadataLoader({
    logger: silentLogger,
    publish: async () => {},
    onApplied: () => {},
    onFault: (error) => faults.push(error),
  });
  return { loader, faults };
}

const noOp = { type: 'NoOp', data: NoOpRecord.create() } as const;

it('knows when the last record was written, that of a snapshot by its header', async () => {
  const { loader } = openLoader();
  expect(loader.appliedTimestampMs).toBe(-1);
  const bytes = encodeSnapshot([], 1_700_000_000_000);
  await loader.onSnapshot(() => imageOfSnapshot({ bytes, path: 'a', endOffset: 5, epoch: 1 }));
  expect([loader.appliedTimestampMs, loader.snapshotCount]).toEqual([1_700_000_000_000, 1]);
  const batch = encodeMetadataBatch([noOp], 1_700_000_000_123);
  batch.writeBigInt64BE(5n, 0);
  await loader.onCommitted(batch);
  expect([loader.appliedOffset, loader.appliedTimestampMs]).toEqual([5, 1_700_000_000_123]);
});

it('counts what it cannot load', async () => {
  const { loader, faults } = openLoader();
  await loader.onCommitted(buildBatch([{ timestampMs: 1, key: null, value: 'no record of metadata' }]));
  expect([loader.errorCount, faults.length, loader.appliedTimestampMs]).toEqual([1, 1, -1]);
  await loader.onSnapshot(() =>
    imageOfSnapshot({ bytes: Buffer.alloc(0), path: 'a', endOffset: 5, epoch: 1 }),
  );
  expect([loader.errorCount, loader.snapshotCount]).toEqual([1, 0]);
});
