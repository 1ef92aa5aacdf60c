import { buildBatch } from '@millrace/protocol';
import { initProducerId, produce, type Api, type fetch } from '../../src/apis.ts';
import type { Peer } from '../../src/peer.ts';

type InputOf<T> = T extends Api<infer Input, infer _Response> ? Input : never;

export interface Topic {
  readonly name: string;
  readonly id: string;
}

/** A batch of short records, written now. */
export function batchOf(values: readonly string[], options: Parameters<typeof buildBatch>[1] = {}): Buffer {
  return buildBatch(
    values.map((value) => ({ timestampMs: Date.now(), key: 'k', value })),
    options,
  );
}

/** A Produce request of any version for one partition. */
export function produceRequest(
  version: number,
  topic: Topic,
  records: Buffer | null,
  { index = 0, acks = -1, transactionalId = null as string | null } = {},
): InputOf<typeof produce> {
  const place = version >= 13 ? { topicId: topic.id } : { name: topic.name };
  return {
    ...(version >= 3 ? { transactionalId } : {}),
    acks,
    timeoutMs: 5000,
    topicData: [{ ...place, partitionData: [{ index, records }] }],
  };
}

export interface FetchOptions {
  readonly partition?: number;
  readonly offset?: number;
  readonly epoch?: number;
  readonly maxBytes?: number;
  readonly partitionMaxBytes?: number;
  readonly isolationLevel?: number;
  readonly session?: { readonly id: number; readonly epoch: number };
}

/** A Fetch request of any version for one partition, without waiting. */
export function fetchRequest(
  version: number,
  topic: Topic,
  options: FetchOptions = {},
): InputOf<typeof fetch> {
  const { partition = 0, offset = 0, epoch = -1, maxBytes = 1 << 20, partitionMaxBytes = 1 << 20 } = options;
  return {
    ...(version <= 14 ? { replicaId: -1 } : {}),
    maxWaitMs: 0,
    minBytes: 0,
    maxBytes,
    isolationLevel: options.isolationLevel ?? 0,
    ...(version >= 7 && options.session !== undefined
      ? { sessionId: options.session.id, sessionEpoch: options.session.epoch }
      : {}),
    topics: [
      {
        ...(version >= 13 ? { topicId: topic.id } : { topic: topic.name }),
        partitions: [
          {
            partition,
            fetchOffset: offset,
            partitionMaxBytes,
            ...(version >= 9 ? { currentLeaderEpoch: epoch } : {}),
          },
        ],
      },
    ],
  };
}

/** Writes values as one batch, as soon as the partition has its leader; not compared. */
export async function write(peer: Peer, topic: Topic, values: readonly string[], index = 0): Promise<void> {
  await peer.settled(
    () => peer.quietly(produce, 9, produceRequest(9, topic, batchOf(values), { index })),
    ({ responses }) =>
      responses.every(({ partitionResponses }) =>
        partitionResponses.every(({ errorCode }) => errorCode === 0),
      ),
  );
}

/** A producer id of its own, as soon as the node can give one. */
export async function newProducer(peer: Peer): Promise<number> {
  const { producerId } = await peer.settled(
    () => peer.quietly(initProducerId, 4, { transactionalId: null, transactionTimeoutMs: 60_000 }),
    ({ errorCode }) => errorCode === 0,
  );
  return producerId;
}
