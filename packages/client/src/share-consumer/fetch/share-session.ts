import { RENEW } from '../acknowledge/acknowledge-type.ts';
import { acknowledgementRanges, type AcknowledgementRange } from '../acknowledge/acknowledgement-ranges.ts';
import { byTopicId, sharePartitionKey, type SharePartition } from './share-partition.ts';

const FINAL_EPOCH = -1;
const MAX_EPOCH = 2 ** 31 - 1;

/** What is said of records of one partition. */
export interface PartitionAcknowledgements {
  readonly partition: SharePartition;
  readonly types: ReadonlyMap<number, number>;
}

interface TopicInput {
  readonly topicId: string;
  readonly partitions: readonly {
    readonly partitionIndex: number;
    readonly acknowledgementBatches: readonly AcknowledgementRange[];
  }[];
}

/** The parts of a request that depend on the session. */
export interface ShareSessionRequest {
  readonly shareSessionEpoch: number;
  readonly topics: readonly TopicInput[];
  readonly forgotten: readonly { readonly topicId: string; readonly partitions: readonly number[] }[];
  readonly acknowledgements: readonly PartitionAcknowledgements[];
}

/**
 * The session of a consumer with one broker: which partitions the broker knows that it reads, and what is to be said of
 * records that came from there. What was acquired in a session is acknowledged in it; with its end the broker gives
 * everything back. Pure.
 */
export class ShareSession {
  #epoch = 0;
  #end: Error | undefined;
  #partitions = new Map<string, SharePartition>();
  #pending = new Map<SharePartition, Map<number, number>>();

  /** Why it is over; undefined while it is not. */
  get endedBy(): Error | undefined {
    return this.#end;
  }

  /** Does the broker know of it? */
  get isOpen(): boolean {
    return this.#epoch > 0;
  }

  get hasAcknowledgements(): boolean {
    return this.#pending.size > 0;
  }

  /** Renewals have requests of their own. */
  get hasRenewals(): boolean {
    return [...this.#pending.values()].some((types) => [...types.values()].includes(RENEW));
  }

  /** To be said with one of the next requests. A later word on the same record replaces the one before. */
  acknowledge(partition: SharePartition, offset: number, type: number): void {
    let types = this.#pending.get(partition);
    if (types === undefined) this.#pending.set(partition, (types = new Map<number, number>()));
    types.set(offset, type);
  }

  /** Everything that was to be said, taken out. */
  takeAcknowledgements(): PartitionAcknowledgements[] {
    const taken = [...this.#pending].map(([partition, types]) => ({ partition, types }));
    this.#pending = new Map();
    return taken;
  }

  /** It could not be said now: it will be with another request, unless there is a newer word on a record. */
  putBack({ partition, types }: PartitionAcknowledgements): void {
    const newer = this.#pending.get(partition);
    this.#pending.set(partition, new Map([...types, ...(newer ?? [])]));
  }

  /** A fetch of `wanted`, with what is to be said; the first request of a session cannot say anything. */
  fetchRequest(wanted: readonly SharePartition[]): ShareSessionRequest {
    const acknowledgements = this.isOpen ? this.takeAcknowledgements() : [];
    const said = new Map(acknowledgements.map(({ partition, types }) => [keyOf(partition), types]));
    const next = new Map(wanted.map((partition) => [keyOf(partition), partition]));
    const added = wanted.filter((partition) => !this.#partitions.has(keyOf(partition)));
    // Who speaks of a partition reads it as well, for the time of the request.
    for (const { partition } of acknowledgements) next.set(keyOf(partition), partition);
    const forgotten = [...this.#partitions]
      .filter(([key]) => !next.has(key))
      .map(([, partition]) => partition);
    const named = new Set([...added.map(keyOf), ...said.keys()]);
    this.#partitions = next;
    return {
      shareSessionEpoch: this.#epoch,
      topics: topicInputs(
        [...named].map((key) => next.get(key)!),
        said,
      ),
      forgotten: byTopicId(forgotten, ({ partition }) => partition),
      acknowledgements,
    };
  }

  /** What is to be said, without fetching. @param isFinal the session ends with it */
  acknowledgeRequest(isFinal = false): ShareSessionRequest {
    const acknowledgements = this.takeAcknowledgements();
    const said = new Map(acknowledgements.map(({ partition, types }) => [keyOf(partition), types]));
    const partitions = acknowledgements.map(({ partition }) => partition);
    return {
      shareSessionEpoch: isFinal ? FINAL_EPOCH : this.#epoch,
      topics: topicInputs(partitions, said),
      forgotten: [],
      acknowledgements,
    };
  }

  /** The broker has answered the last request without an error for the whole of it. */
  accepted(): void {
    this.#epoch = this.#epoch === MAX_EPOCH ? 1 : this.#epoch + 1;
  }

  end(reason: Error): void {
    this.#end ??= reason;
  }
}

function keyOf({ topicId, partition }: SharePartition): string {
  return sharePartitionKey(topicId, partition);
}

function topicInputs(
  partitions: readonly SharePartition[],
  said: ReadonlyMap<string, ReadonlyMap<number, number>>,
): TopicInput[] {
  return byTopicId(partitions, (partition) => {
    const types = said.get(keyOf(partition));
    const acknowledgementBatches = types === undefined ? [] : acknowledgementRanges(types);
    return { partitionIndex: partition.partition, acknowledgementBatches };
  });
}
