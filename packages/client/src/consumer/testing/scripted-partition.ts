import type { Host } from '@millrace/host';
import { ApiKey, buildBatch, ErrorCode, recordBatches } from '@millrace/protocol';
import { FetchRequest, FetchResponse } from '@millrace/protocol/messages/fetch';
import { ListOffsetsRequest, ListOffsetsResponse } from '@millrace/protocol/messages/list-offsets';
import { MetadataResponse } from '@millrace/protocol/messages/metadata';
import {
  OffsetForLeaderEpochRequest,
  OffsetForLeaderEpochResponse,
} from '@millrace/protocol/messages/offset-for-leader-epoch';
import { metadataAnswer } from '../../testing/metadata-answer.ts';
import { ScriptedBroker, type ScriptedRequest } from '../../testing/scripted-broker.ts';

const TOPIC = 't';
const TOPIC_ID = 'AAAAAAAAAAAAAAAAAAAAEg';
const VERSIONS = new Map([
  [ApiKey.API_VERSIONS, [0, 5]],
  [ApiKey.METADATA, [0, 13]],
  [ApiKey.FETCH, [4, 18]],
  [ApiKey.LIST_OFFSETS, [1, 11]],
  [ApiKey.OFFSET_FOR_LEADER_EPOCH, [2, 4]],
] as const);

type PartitionFields = Partial<
  NonNullable<Parameters<typeof FetchResponse.write>[1]>['responses'][number]['partitions'][number]
>;

/** What a Fetch is answered with, instead of records. */
export interface ScriptedFetch {
  /** Error of the whole answer. */
  readonly sessionError?: number;
  readonly sessionId?: number;
  /** Error and other fields of the partition. */
  readonly partition?: PartitionFields;
}

/**
 * Partition 0 of topic `t` on peers at the byte level, which answer Fetch with the errors a test has lined up, and
 * with the log otherwise. Node 0 leads; a second node may be started as a follower.
 */
export class ScriptedPartition implements AsyncDisposable {
  /** One batch of one record per offset, in order. */
  log: Buffer[] = [];
  leaderEpoch = 0;
  logStartOffset = 0;
  /** Answers to the next Fetch requests, one each. */
  readonly #nextFetches: ScriptedFetch[] = [];
  readonly #host: Host;
  #held = new Set<() => void>();
  /** Answers to OffsetForLeaderEpoch. */
  epochEnd:
    | { readonly errorCode?: number; readonly leaderEpoch: number; readonly endOffset: number }
    | undefined;
  readonly fetches: { readonly nodeId: number; readonly request: FetchRequest }[] = [];
  readonly seen: number[] = [];
  readonly #nodes: ScriptedBroker[] = [];

  private constructor(host: Host) {
    this.#host = host;
  }

  static async start(host: Host, nodeCount = 1): Promise<ScriptedPartition> {
    const partition = new ScriptedPartition(host);
    for (let nodeId = 0; nodeId < nodeCount; nodeId++) {
      const node = await ScriptedBroker.start(host, VERSIONS, (request) =>
        partition.#answer(nodeId, request),
      );
      partition.#nodes.push(node);
    }
    return partition;
  }

  get bootstrapServers(): string {
    return this.#nodes[0]!.bootstrapServers;
  }

  /** Appends `count` records whose values are their offsets. */
  append(count: number, leaderEpoch = this.leaderEpoch): void {
    for (let index = 0; index < count; index++) {
      const baseOffset = this.log.length;
      const records = [{ timestampMs: 1000 + baseOffset, value: String(baseOffset) }];
      this.log.push(buildBatch(records, { baseOffset, partitionLeaderEpoch: leaderEpoch }));
    }
    this.#wake();
  }

  /** Lines up answers to Fetch; the first one also ends a request that is waiting. */
  answerNext(...answers: readonly ScriptedFetch[]): void {
    this.#nextFetches.push(...answers);
    this.#wake();
  }

  /** How often an API has been asked. */
  count(apiKey: number): number {
    return this.seen.filter((key) => key === apiKey).length;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#held.clear();
    for (const node of this.#nodes) await node[Symbol.asyncDispose]();
  }

  #answer(nodeId: number, request: ScriptedRequest): void {
    this.seen.push(request.apiKey);
    switch (request.apiKey) {
      case ApiKey.METADATA:
        return request.answer(MetadataResponse, this.#metadata());
      case ApiKey.LIST_OFFSETS:
        return this.#answerListOffsets(request);
      case ApiKey.OFFSET_FOR_LEADER_EPOCH:
        return this.#answerEpochEnd(request);
      case ApiKey.FETCH:
        return this.#answerFetch(nodeId, request);
      default:
        throw new Error(`No script for API ${request.apiKey}`);
    }
  }

  #metadata() {
    const topic = { name: TOPIC, topicId: TOPIC_ID, leaders: [0], leaderEpoch: this.leaderEpoch };
    return metadataAnswer(
      this.#nodes.map((node) => node.port),
      [topic],
    );
  }

  #answerListOffsets(request: ScriptedRequest): void {
    const asked = request.body(ListOffsetsRequest).topics[0]!.partitions[0]!.timestamp;
    const offset = asked === -1 ? this.log.length : this.logStartOffset;
    const answer = { partitionIndex: 0, errorCode: ErrorCode.NONE, timestamp: -1, offset, leaderEpoch: -1 };
    request.answer(ListOffsetsResponse, { topics: [{ name: TOPIC, partitions: [answer] }] });
  }

  #answerEpochEnd(request: ScriptedRequest): void {
    const asked = request.body(OffsetForLeaderEpochRequest).topics[0]!.partitions[0]!;
    const end = this.epochEnd ?? { leaderEpoch: asked.leaderEpoch, endOffset: this.log.length };
    const partition = { partition: 0, errorCode: end.errorCode ?? ErrorCode.NONE, ...end };
    request.answer(OffsetForLeaderEpochResponse, { topics: [{ topic: TOPIC, partitions: [partition] }] });
  }

  #answerFetch(nodeId: number, request: ScriptedRequest): void {
    const fetch = request.body(FetchRequest);
    this.fetches.push({ nodeId, request: fetch });
    this.#answerOrHold(request, fetch);
  }

  /** Like a broker, keeps a request that finds nothing until there is something, or its time is up. */
  #answerOrHold(request: ScriptedRequest, fetch: FetchRequest): void {
    if (this.#answerFromScript(request, fetch)) return;
    const retry = () => {
      if (!this.#answerFromScript(request, fetch)) return;
      timer.cancel();
      this.#held.delete(retry);
    };
    const timer = this.#host.timers.schedule(fetch.maxWaitMs, () => {
      this.#held.delete(retry);
      request.answer(FetchResponse, { responses: [] });
    });
    this.#held.add(retry);
  }

  #answerFromScript(request: ScriptedRequest, fetch: FetchRequest): boolean {
    const asked = fetch.topics[0]?.partitions[0];
    const scripted = this.#nextFetches.shift();
    if (asked !== undefined && asked.currentLeaderEpoch < this.leaderEpoch && scripted === undefined) {
      request.answer(FetchResponse, fencedAnswer());
      return true;
    }
    const hasRecords = asked !== undefined && asked.fetchOffset < this.log.length;
    if (scripted === undefined && !hasRecords) return false;
    const partitions =
      asked === undefined
        ? []
        : [{ ...this.#records(asked.fetchOffset), partitionIndex: 0, ...scripted?.partition }];
    const { sessionError = ErrorCode.NONE, sessionId = 0 } = scripted ?? {};
    const responses =
      sessionError === ErrorCode.NONE ? [{ topic: TOPIC, topicId: TOPIC_ID, partitions }] : [];
    request.answer(FetchResponse, { errorCode: sessionError, sessionId, responses });
    return true;
  }

  #wake(): void {
    for (const retry of this.#held) retry();
  }

  #records(fetchOffset: number) {
    return {
      errorCode: ErrorCode.NONE as number,
      highWatermark: this.log.length,
      logStartOffset: this.logStartOffset,
      records: Buffer.concat(this.log.slice(fetchOffset)) as Uint8Array,
    };
  }
}

function fencedAnswer() {
  const errorCode: number = ErrorCode.FENCED_LEADER_EPOCH;
  const partition = { partitionIndex: 0, errorCode, highWatermark: -1, records: null };
  return { responses: [{ topic: TOPIC, topicId: TOPIC_ID, partitions: [partition] }] };
}

/** The same batch with one byte of its record changed, so that its CRC is wrong. */
export function damaged(batch: Buffer): Buffer {
  const copy = Buffer.from(recordBatches(batch)[0]!.buffer);
  const last = copy.length - 2;
  copy[last] = copy[last]! ^ 1;
  return copy;
}
