import { join } from 'node:path';
import type { Host, Logger } from '@millrace/host';
import { CorruptMetadataError, messageOf } from '../errors.ts';
import type { ClusterImage } from './cluster-image.ts';
import { emptyImage, ImageBuilder } from './image-builder.ts';
import { imageRecords } from './image-records.ts';
import type { MetadataRecord } from './metadata-record.ts';
import type { MetadataLog } from './metadata-log.ts';
import { decodeSnapshot, encodeSnapshot } from './snapshot-file.ts';

export interface MetadataSnapshotsOptions {
  readonly host: Host;
  readonly logger: Logger;
  readonly log: MetadataLog;
  /** `metadata.log.max.record.bytes.between.snapshots`. */
  readonly maxBytesBetween: number;
}

interface SnapshotName {
  readonly file: string;
  /** First offset that is not in the snapshot. */
  readonly endOffset: number;
}

/**
 * Snapshots of the cluster state beside the metadata log, under Kafka's names: `<end offset>-<epoch>.checkpoint`. They
 * keep a start from replaying the whole history, and let its beginning go.
 */
export class MetadataSnapshots {
  readonly #options: MetadataSnapshotsOptions;
  #bytesSinceLast = 0;
  #writing: Promise<void> | undefined;

  constructor(options: MetadataSnapshotsOptions) {
    this.#options = options;
  }

  /** The state in the newest snapshot; `undefined` when there is none. @throws CorruptMetadataError */
  async load(): Promise<ClusterImage | undefined> {
    const { host, log } = this.#options;
    const newest = (await this.#list()).at(-1);
    if (newest === undefined) {
      if (log.logStartOffset === 0) return undefined;
      throw new CorruptMetadataError(
        `it begins at offset ${log.logStartOffset}, and there is no snapshot before that`,
      );
    }
    const path = join(log.directory, newest.file);
    const records = decodeSnapshot(await host.disk.readFile(path), path);
    const epoch = Number(newest.file.slice(21, 31));
    if (newest.endOffset < log.logStartOffset || newest.endOffset > log.logEndOffset) {
      throw new CorruptMetadataError(
        `it holds offsets ${log.logStartOffset} to ${log.logEndOffset}, which do not continue snapshot ${newest.file}`,
      );
    }
    return snapshotImage(records, newest.endOffset, epoch);
  }

  /** Notes that `image` was committed with `appendedBytes` of new records; writes a snapshot when enough came together. */
  onCommitted(image: ClusterImage, appendedBytes: number): void {
    this.#bytesSinceLast += appendedBytes;
    if (this.#bytesSinceLast < this.#options.maxBytesBetween || this.#writing !== undefined) return;
    this.#bytesSinceLast = 0;
    this.#writing = this.#write(image).finally(() => {
      this.#writing = undefined;
    });
  }

  /** Resolves when no snapshot is being written. */
  async settled(): Promise<void> {
    await this.#writing;
  }

  async #write(image: ClusterImage): Promise<void> {
    const { host, logger, log } = this.#options;
    const endOffset = image.offset + 1;
    const file = `${pad(endOffset, 20)}-${pad(image.epoch, 10)}.checkpoint`;
    const path = join(log.directory, file);
    try {
      const older = await this.#list();
      const content = encodeSnapshot([...imageRecords(image)], host.clock.nowMs());
      await host.disk.writeFile(`${path}.part`, content, { sync: true });
      await host.disk.rename(`${path}.part`, path);
      await host.disk.syncDirectory(log.directory);
      // Only now may go what the snapshot stands for.
      await log.deleteBefore(endOffset);
      for (const snapshot of older) {
        if (snapshot.endOffset < endOffset) await host.disk.removeFile(join(log.directory, snapshot.file));
      }
      logger.info('Metadata snapshot written', { file, records: endOffset });
    } catch (error) {
      logger.error('A metadata snapshot could not be written; the log keeps everything', {
        error: messageOf(error),
      });
    }
  }

  /** By end offset, oldest first. */
  async #list(): Promise<SnapshotName[]> {
    const { host, log } = this.#options;
    const entries = await host.disk.list(log.directory);
    return entries
      .filter(({ name }) => /^\d{20}-\d{10}\.checkpoint$/.test(name))
      .map(({ name }) => ({ file: name, endOffset: Number(name.slice(0, 20)) }));
  }
}

/** What the records of a snapshot build. @throws CorruptMetadataError */
export function snapshotImage(
  records: readonly MetadataRecord[],
  endOffset: number,
  epoch: number,
): ClusterImage {
  const builder = new ImageBuilder(emptyImage);
  for (const record of records) builder.apply(record, endOffset - 1, epoch);
  builder.advance(endOffset - 1, epoch);
  return builder.build();
}

function pad(value: number, digits: number): string {
  return String(value).padStart(digits, '0');
}
