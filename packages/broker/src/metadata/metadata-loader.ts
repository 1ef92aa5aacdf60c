import type { Logger } from '@millrace/host';
import { BrokerClosedError, messageOf } from '../errors.ts';
import type { ClusterImage } from './cluster-image.ts';
import { checkFeatureLevels } from './features.ts';
import { emptyImage, ImageBuilder, type ImageDelta } from './image-builder.ts';
import { imageDifference } from './image-difference.ts';
import { applyBatches, lastTimestampMs } from './metadata-batch.ts';

export interface MetadataLoaderOptions {
  readonly logger: Logger;
  /** Makes the node follow a new image; the next one waits until it is done. */
  readonly publish: (image: ClusterImage, delta: ImageDelta) => Promise<void>;
  /** Told of every image with the bytes of records that led to it. */
  readonly onApplied: (image: ClusterImage, sizeBytes: number) => void;
  /** Every state with the one before, in order. */
  readonly onChange?: (before: ClusterImage, image: ClusterImage, delta: ImageDelta) => void;
  /** What was committed cannot be understood: this node cannot go on. */
  readonly onFault: (error: Error) => void;
}

/** A state with the time of the last record that is in it. */
export interface TimedImage {
  readonly image: ClusterImage;
  readonly timestampMs: number;
}

interface Waiter {
  readonly offset: number;
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

/**
 * Turns what the quorum has committed into images of the cluster, and publishes them in order: the one path on which
 * the state of the cluster comes to a node, the node of the active controller included.
 *
 * At first it only loads. A node that was away must not act on what was true then: `release` is called when the image
 * is recent enough, and publishes all of it at once.
 */
export class MetadataLoader {
  readonly #options: MetadataLoaderOptions;
  #image = emptyImage;
  #published = emptyImage;
  /** Holds a transaction whose end has not come yet. */
  #open: ImageBuilder | undefined;
  #openBytes = 0;
  #isHeld = true;
  #appliedOffset = -1;
  #appliedTimestampMs = -1;
  #errorCount = 0;
  #snapshotCount = 0;
  /** What was applied and, once released, published. */
  #reachedOffset = -1;
  #publishing: Promise<void> = Promise.resolve();
  #fault: Error | undefined;
  #waiters: Waiter[] = [];

  constructor(options: MetadataLoaderOptions) {
    this.#options = options;
  }

  /** Everything that is committed and known here; ahead of what was published until `release`. */
  get image(): ClusterImage {
    return this.#image;
  }

  /** The last committed offset that was applied; -1 before the first. */
  get appliedOffset(): number {
    return this.#appliedOffset;
  }

  /** The last committed offset that this node acts on. */
  get reachedOffset(): number {
    return this.#reachedOffset;
  }

  /** When the last record that was applied was written, by the clock of the controller; -1 before the first. */
  get appliedTimestampMs(): number {
    return this.#appliedTimestampMs;
  }

  /** How often the metadata could not be loaded. */
  get errorCount(): number {
    return this.#errorCount;
  }

  /** How many snapshots were loaded. */
  get snapshotCount(): number {
    return this.#snapshotCount;
  }

  /** Why nothing is applied any more. */
  get fault(): Error | undefined {
    return this.#fault;
  }

  /** Does what is committed end inside a metadata transaction? What it held so far is not in the image. */
  get hasOpenTransaction(): boolean {
    return this.#open !== undefined;
  }

  /** Takes whole batches in the order of their offsets. Resolves when the node acts on them. */
  async onCommitted(batches: Buffer): Promise<void> {
    if (this.#fault !== undefined) return;
    const builder = this.#open ?? new ImageBuilder(this.#image);
    try {
      this.#appliedOffset = applyBatches(batches, this.#appliedOffset + 1, builder) - 1;
    } catch (error) {
      this.#fail(error as Error);
      return;
    }
    this.#appliedTimestampMs = lastTimestampMs(batches);
    this.#openBytes += batches.length;
    if (builder.hasOpenTransaction) {
      this.#open = builder;
    } else {
      this.#open = undefined;
      const image = builder.build();
      if (!this.#isKnown(image)) return;
      await this.#take(image, builder.delta());
    }
    this.#wake();
  }

  /** Replaces the state by that of a snapshot, whose last offset is that of the image. */
  async onSnapshot(read: () => TimedImage): Promise<void> {
    if (this.#fault !== undefined) return;
    let image: ClusterImage;
    let timestampMs: number;
    try {
      ({ image, timestampMs } = read());
    } catch (error) {
      return this.#fail(error as Error);
    }
    if (!this.#isKnown(image)) return;
    this.#open = undefined;
    this.#appliedOffset = image.offset;
    this.#appliedTimestampMs = timestampMs;
    this.#snapshotCount++;
    await this.#take(image, imageDifference(this.#published, image));
    this.#wake();
  }

  /** Are its feature levels such that this version knows what the records mean? */
  #isKnown({ features }: ClusterImage): boolean {
    if (features === this.#image.features) return true;
    try {
      checkFeatureLevels(features);
      return true;
    } catch (error) {
      this.#fail(error as Error);
      return false;
    }
  }

  /** Publishes what is loaded, and everything after it as it comes. */
  async release(): Promise<void> {
    if (!this.#isHeld) return;
    this.#isHeld = false;
    await this.#publish(this.#image, imageDifference(this.#published, this.#image));
  }

  /** Resolves when `offset` is applied and, once released, published. @throws BrokerClosedError, or the fault */
  reached(offset: number): Promise<void> {
    if (this.#fault !== undefined) return Promise.reject(this.#fault);
    if (offset <= this.#reachedOffset) return Promise.resolve();
    return new Promise((resolve, reject) => this.#waiters.push({ offset, resolve, reject }));
  }

  /** Resolves when the newest image is such. @throws BrokerClosedError, or the fault */
  async until(isSuch: (image: ClusterImage) => boolean): Promise<void> {
    while (!isSuch(this.#image)) await this.reached(this.#reachedOffset + 1);
  }

  /** Whoever waits is told that nothing more comes. */
  close(): void {
    this.#fault ??= new BrokerClosedError();
    for (const { reject } of this.#waiters.splice(0)) reject(this.#fault);
  }

  async #take(image: ClusterImage, delta: ImageDelta): Promise<void> {
    const sizeBytes = this.#openBytes;
    this.#openBytes = 0;
    this.#options.onChange?.(this.#image, image, delta);
    this.#image = image;
    if (!this.#isHeld) await this.#publish(image, delta);
    this.#options.onApplied(image, sizeBytes);
  }

  #publish(image: ClusterImage, delta: ImageDelta): Promise<void> {
    this.#published = image;
    this.#publishing = this.#publishing.then(() => this.#options.publish(image, delta));
    return this.#publishing;
  }

  #wake(): void {
    this.#reachedOffset = this.#appliedOffset;
    const ready = this.#waiters.filter(({ offset }) => offset <= this.#reachedOffset);
    if (ready.length === 0) return;
    this.#waiters = this.#waiters.filter(({ offset }) => offset > this.#reachedOffset);
    for (const { resolve } of ready) resolve();
  }

  #fail(error: Error): void {
    this.#options.logger.error('The metadata log cannot be replayed; this node cannot go on', {
      error: messageOf(error),
    });
    this.#fault = error;
    this.#errorCount++;
    for (const { reject } of this.#waiters.splice(0)) reject(error);
    this.#options.onFault(error);
  }
}
