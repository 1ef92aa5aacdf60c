import type { Host, Logger } from '@millrace/host';
import type { MetadataQuorum, QuorumSnapshot } from '@millrace/replication';
import { messageOf } from '../errors.ts';
import type { ClusterImage } from './cluster-image.ts';
import { emptyImage, ImageBuilder } from './image-builder.ts';
import { imageRecords } from './image-records.ts';
import type { TimedImage } from './metadata-loader.ts';
import type { MetadataRecord } from './metadata-record.ts';
import { decodeSnapshot, encodeRecords, snapshotTimestampMs } from './snapshot-file.ts';

export interface MetadataSnapshotsOptions {
  readonly host: Host;
  readonly logger: Logger;
  readonly quorum: Pick<MetadataQuorum, 'saveSnapshot'>;
  /** `metadata.log.max.record.bytes.between.snapshots`. */
  readonly maxBytesBetween: number;
  /** `metadata.log.max.snapshot.interval.ms`. */
  readonly maxIntervalMs: number;
}

/**
 * Writes snapshots of the cluster state beside the metadata log, from this node's own image, when enough records came
 * together or the last one is too old. They keep a start from replaying the whole history, and let its beginning go.
 */
export class MetadataSnapshots {
  readonly #options: MetadataSnapshotsOptions;
  #bytesSinceLast = 0;
  #lastMs: number;
  #latestMs: number;
  #latestSizeBytes = 0;
  #writing: Promise<void> | undefined;

  constructor(options: MetadataSnapshotsOptions) {
    this.#options = options;
    this.#lastMs = options.host.clock.monotonicMs();
    this.#latestMs = this.#lastMs;
  }

  /** Size of the newest one that this node has written; 0 before the first. */
  get latestSizeBytes(): number {
    return this.#latestSizeBytes;
  }

  /** How long ago that was; since the start before the first. */
  get latestAgeMs(): number {
    return this.#options.host.clock.monotonicMs() - this.#latestMs;
  }

  /** Notes that `image` is committed, with `sizeBytes` of new records. */
  onApplied(image: ClusterImage, sizeBytes: number): void {
    const { host, maxBytesBetween, maxIntervalMs } = this.#options;
    this.#bytesSinceLast += sizeBytes;
    const nowMs = host.clock.monotonicMs();
    const isDue = this.#bytesSinceLast >= maxBytesBetween || nowMs - this.#lastMs >= maxIntervalMs;
    if (!isDue || sizeBytes === 0 || this.#writing !== undefined) return;
    this.#bytesSinceLast = 0;
    this.#lastMs = nowMs;
    this.#writing = this.#write(image).finally(() => {
      this.#writing = undefined;
    });
  }

  /** Resolves when no snapshot is being written. */
  async settled(): Promise<void> {
    await this.#writing;
  }

  async #write(image: ClusterImage): Promise<void> {
    const { host, logger, quorum } = this.#options;
    try {
      const endOffset = image.offset + 1;
      const lastTimestampMs = host.clock.nowMs();
      const batches = encodeRecords([...imageRecords(image)], lastTimestampMs);
      const saved = await quorum.saveSnapshot({ endOffset, lastTimestampMs, batches });
      if (saved === undefined) return;
      this.#latestMs = host.clock.monotonicMs();
      this.#latestSizeBytes = batches.reduce((sum, { length }) => sum + length, 0);
      logger.info('Metadata snapshot written', { endOffset, epoch: saved.epoch });
    } catch (error) {
      logger.error('A metadata snapshot could not be written; the log keeps everything', {
        error: messageOf(error),
      });
    }
  }
}

/** The state in a snapshot. @throws CorruptMetadataError */
export function imageOfSnapshot({ bytes, path, endOffset, epoch }: QuorumSnapshot): TimedImage {
  const image = snapshotImage(decodeSnapshot(bytes, path), endOffset, epoch);
  return { image, timestampMs: snapshotTimestampMs(bytes) };
}

function snapshotImage(records: readonly MetadataRecord[], endOffset: number, epoch: number): ClusterImage {
  const builder = new ImageBuilder(emptyImage);
  for (const record of records) builder.apply(record, endOffset - 1, epoch);
  builder.advance(endOffset - 1, epoch);
  return builder.build();
}
