import type { Logger, Random } from '@millrace/host';
import { KafkaError } from '@millrace/protocol';
import { AbortTransactionRecord } from '@millrace/protocol/messages/metadata-records';
import type { BrokerConfig } from '../config/broker-config.ts';
import { messageOf } from '../errors.ts';
import { firstRecords } from '../metadata/bootstrap-records.ts';
import type { ClusterImage } from '../metadata/cluster-image.ts';
import { ImageBuilder } from '../metadata/image-builder.ts';
import { encodeMetadataBatch, MAX_RECORDS_PER_BATCH } from '../metadata/metadata-batch.ts';
import type { MetadataLoader } from '../metadata/metadata-loader.ts';
import { isNotLeader, type MetadataAppender } from '../metadata/metadata-appender.ts';
import type { MetadataRecord } from '../metadata/metadata-record.ts';
import { randomUuid } from '../metadata/random-uuid.ts';
import { ControllerOperations } from '../metrics/controller-operations.ts';
import { BrokerLiveness } from './broker-liveness.ts';
import type { ControllerOperation } from './controller-operation.ts';

export interface ControllerOptions {
  readonly log: MetadataAppender;
  readonly loader: MetadataLoader;
  readonly nodeId: number;
  readonly config: BrokerConfig;
  readonly random: Random;
  readonly monotonicMs: () => number;
  /** Wall clock, for the timestamps of records. */
  readonly nowMs: () => number;
  readonly logger: Logger;
}

/** When an operation is answered: once it cannot be lost any more, or once this node acts on it too. */
export type AnsweredWhen = 'committed' | 'published';

/** One time of leadership of the metadata log. */
interface Activity {
  readonly epoch: number;
  /** The newest state, ahead of the committed one by what is in flight. */
  pending: ClusterImage;
  /** Every broker has a fresh session with a new controller. */
  readonly liveness: BrokerLiveness;
  /** Settles with the newest append. */
  tail: Promise<void>;
}

/**
 * The controller of this node, which is the active one of the cluster while the node leads the metadata log. Then it
 * runs operations one after the other on the newest state, appends what they decide, and answers when it is committed.
 *
 * An operation sees the records of all operations before it, committed or not. The log commits in order. When the
 * leadership is lost, whoever waits gets NOT_CONTROLLER, whether or not the next leader finds the records; the state
 * goes back to what was committed, which the next activation begins with. When the disk fails nothing is decided until
 * a restart.
 */
export class Controller {
  /** How many there were, and how long they took. */
  readonly operations = new ControllerOperations();
  readonly #options: ControllerOptions;
  #activity: Activity | undefined;
  #failure: KafkaError | undefined;
  readonly #firstActivation = Promise.withResolvers<void>();

  constructor(options: ControllerOptions) {
    this.#options = options;
  }

  get isActive(): boolean {
    return this.#activity !== undefined;
  }

  /** Resolves when this controller is the active one for the first time. */
  get active(): Promise<void> {
    return this.#firstActivation.promise;
  }

  /** The epoch of the metadata log in which this controller decides; -1 while it is not the active one. */
  get epoch(): number {
    return this.#activity?.epoch ?? -1;
  }

  /**
   * Begins to decide in `epoch`, on everything that was committed before it.
   * @param bootstrap what a new cluster begins with; written if there is nothing yet
   */
  activate(epoch: number, bootstrap: readonly MetadataRecord[]): void {
    const { loader, logger, monotonicMs } = this.#options;
    const liveness = new BrokerLiveness(monotonicMs());
    this.#activity = { epoch, liveness, pending: loader.image, tail: Promise.resolve() };
    logger.info('This node is the active controller', { epoch });
    if (loader.hasOpenTransaction) this.#abortTransaction(this.#activity);
    if (bootstrap.length > 0 && loader.image.features.size === 0) {
      const records = firstRecords(bootstrap, this.#options.config.values['min.insync.replicas']);
      this.run(() => ({ records, response: undefined })).catch(() => {});
    }
    this.#firstActivation.resolve();
  }

  /** Another node leads, or nobody: decisions in flight fail with NOT_CONTROLLER. */
  deactivate(): void {
    if (this.#activity === undefined) return;
    this.#options.logger.info('This node is no longer the active controller', { epoch: this.epoch });
    this.#activity = undefined;
  }

  /** @throws KafkaError NOT_CONTROLLER, or what the operation throws, or that nothing can be written */
  async run<Response>(
    operation: ControllerOperation<Response>,
    answeredWhen: AnsweredWhen = 'published',
  ): Promise<Response> {
    if (this.#failure !== undefined) throw this.#failure;
    const activity = this.#activity;
    if (activity === undefined) throw notController();
    const { log, loader, nodeId, config, random, monotonicMs } = this.#options;
    const startedMs = monotonicMs();
    this.operations.started++;
    const { records, response, mayBeSplit } = operation({
      image: activity.pending,
      nodeId,
      config,
      nextOffset: log.nextOffset,
      newUuid: () => unusedUuid(random, activity.pending),
      random,
      nowMs: startedMs,
      liveness: activity.liveness,
    });
    const step = mayBeSplit === true ? MAX_RECORDS_PER_BATCH : records.length;
    for (let start = 0; start < records.length; start += step) {
      this.#append(activity, records.slice(start, start + step));
    }
    // What was decided without records may rest on some that are not committed yet.
    const lastOffset = log.nextOffset - 1;
    await activity.tail;
    const endedMs = monotonicMs();
    this.operations.record(endedMs - startedMs, endedMs);
    if (answeredWhen === 'published') await loader.reached(lastOffset);
    return response;
  }

  /** How long ago the active controller has heard of each broker; nothing on any other node. */
  *silences(): Iterable<{ readonly brokerId: number; readonly silenceMs: number }> {
    if (this.#activity === undefined) return;
    const { liveness, pending } = this.#activity;
    const nowMs = this.#options.monotonicMs();
    for (const brokerId of pending.brokers.keys()) {
      // A node that is alone sends no heartbeats to itself.
      const own = brokerId === this.#options.nodeId ? 0 : undefined;
      const silenceMs = liveness.silenceMs(brokerId, nowMs) ?? own;
      if (silenceMs !== undefined) yield { brokerId, silenceMs };
    }
  }

  /** Resolves when everything decided so far is committed and published, or has failed. */
  async settled(): Promise<void> {
    if (this.#activity === undefined) return;
    await this.run(() => ({ records: [], response: undefined })).catch(() => {});
  }

  #append(activity: Activity, records: readonly MetadataRecord[]): void {
    const batch = encodeMetadataBatch(records, this.#options.nowMs());
    const builder = new ImageBuilder(activity.pending);
    let offset = this.#options.log.nextOffset;
    for (const record of records) builder.apply(record, offset++, activity.epoch);
    this.#write(activity, batch, records.length);
    activity.pending = builder.build();
  }

  /** The transaction of a leader that is gone, of which only the beginning was written. */
  #abortTransaction(activity: Activity): void {
    const abort: MetadataRecord = { type: 'AbortTransaction', data: AbortTransactionRecord.create() };
    this.#write(activity, encodeMetadataBatch([abort], this.#options.nowMs()), 1);
  }

  #write(activity: Activity, batch: Buffer, recordCount: number): void {
    try {
      const { committed } = this.#options.log.append(activity.epoch, batch, recordCount);
      activity.tail = committed.catch((error: unknown) => {
        throw this.#lost(activity, error);
      });
    } catch (error) {
      throw this.#lost(activity, error);
    }
    // Perhaps nobody waits; whoever does gets it all the same.
    activity.tail.catch(() => {});
  }

  /** The metadata log has failed on this node: nothing is decided here until a restart. */
  fail(cause: unknown): void {
    if (this.#failure !== undefined) return;
    const reason = messageOf(cause);
    this.#failure = new KafkaError('KAFKA_STORAGE_ERROR', `The metadata log cannot be written: ${reason}`, {
      cause,
    });
    this.#options.logger.error(
      'The metadata log cannot be written; no change of topics is possible until a restart',
      { error: reason },
    );
  }

  #lost(activity: Activity, cause: unknown): KafkaError {
    if (!isNotLeader(cause)) this.fail(cause);
    if (this.#failure !== undefined) return this.#failure;
    if (this.#activity === activity) this.deactivate();
    return notController(cause);
  }
}

function notController(cause?: unknown): KafkaError {
  return new KafkaError('NOT_CONTROLLER', 'This node is not the active controller', { cause });
}

function unusedUuid(random: Random, { topics }: ClusterImage): string {
  for (;;) {
    const id = randomUuid(random);
    if (!topics.byId.has(id)) return id;
  }
}
