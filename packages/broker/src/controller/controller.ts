import type { Logger, Random } from '@millrace/host';
import { KafkaError } from '@millrace/protocol';
import type { BrokerConfig } from '../config/broker-config.ts';
import { messageOf } from '../errors.ts';
import type { ClusterImage } from '../metadata/cluster-image.ts';
import { ImageBuilder, type ImageDelta } from '../metadata/image-builder.ts';
import type { MetadataLog } from '../metadata/metadata-log.ts';
import { randomUuid } from '../metadata/random-uuid.ts';
import type { ControllerOperation } from './controller-operation.ts';

export interface ControllerOptions {
  readonly log: MetadataLog;
  readonly image: ClusterImage;
  readonly nodeId: number;
  readonly config: BrokerConfig;
  readonly random: Random;
  readonly logger: Logger;
  /** Acts on a committed change; the next one waits until it is done. */
  readonly publish: (image: ClusterImage, delta: ImageDelta) => Promise<void>;
  /** Told of each commit after it was published, with the bytes it added to the log. */
  readonly onCommitted: (image: ClusterImage, appendedBytes: number) => void;
}

/** A decision on its way: the state it leads to, and how. */
interface Change {
  readonly image: ClusterImage;
  readonly delta: ImageDelta;
  readonly sizeBytes: number;
}

/**
 * The active controller: runs operations one after the other on the newest state, appends what they decide, and
 * answers when it is committed and published.
 *
 * An operation sees the records of all operations before it, committed or not. The log commits in order; should an
 * append fail, everything built on it fails too, and the state goes back to what was committed.
 */
export class Controller {
  readonly #options: ControllerOptions;
  #committed: ClusterImage;
  #pending: ClusterImage;
  #tail: Promise<void> = Promise.resolve();
  #failure: KafkaError | undefined;

  constructor(options: ControllerOptions) {
    this.#options = options;
    this.#committed = options.image;
    this.#pending = options.image;
  }

  /** @throws KafkaError when the decision could not be committed */
  async run<Response>(operation: ControllerOperation<Response>): Promise<Response> {
    if (this.#failure !== undefined) throw this.#failure;
    const { log, nodeId, config, random } = this.#options;
    const { records, response } = operation({
      image: this.#pending,
      nodeId,
      config,
      nextOffset: log.nextOffset,
      newUuid: () => unusedUuid(random, this.#pending),
    });
    if (records.length === 0) {
      // What was decided may rest on records that are not committed yet.
      await this.#tail;
      return response;
    }
    const batch = log.encode(records);
    const builder = new ImageBuilder(this.#pending);
    let offset = log.nextOffset;
    for (const record of records) builder.apply(record, offset++, log.epoch);
    this.#pending = builder.build();
    const change = { image: this.#pending, delta: builder.delta(), sizeBytes: batch.bytes.length };
    this.#tail = this.#commit(this.#tail, log.append(batch), change);
    await this.#tail;
    return response;
  }

  /** Resolves when everything decided so far is committed and published, or has failed. */
  async settled(): Promise<void> {
    await this.#tail.catch(() => {});
  }

  async #commit(previous: Promise<void>, append: Promise<void>, change: Change): Promise<void> {
    // Both are awaited whatever happens to the other, so that no rejection goes unhandled.
    const [before, own] = await Promise.allSettled([previous, append]);
    if (before.status === 'rejected') throw before.reason;
    if (own.status === 'rejected') throw this.#fail(own.reason);
    this.#committed = change.image;
    await this.#options.publish(change.image, change.delta);
    this.#options.onCommitted(change.image, change.sizeBytes);
  }

  #fail(cause: unknown): KafkaError {
    this.#pending = this.#committed;
    this.#failure = new KafkaError(
      'KAFKA_STORAGE_ERROR',
      `The metadata log cannot be written: ${messageOf(cause)}`,
      {
        cause,
      },
    );
    this.#options.logger.error(
      'The metadata log cannot be written; no change of topics is possible until a restart',
      {
        error: messageOf(cause),
      },
    );
    return this.#failure;
  }
}

function unusedUuid(random: Random, { topics }: ClusterImage): string {
  for (;;) {
    const id = randomUuid(random);
    if (!topics.byId.has(id)) return id;
  }
}
