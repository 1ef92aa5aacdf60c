import {
  describeTransactions,
  findCoordinator,
  initProducerId,
  type addOffsetsToTxn,
  type addPartitionsToTxn,
  type Api,
  type endTxn,
  type txnOffsetCommit,
} from '../../src/apis.ts';
import type { Peer } from '../../src/peer.ts';
import { batchOf, produceRequest, type Topic } from '../records/record-requests.ts';

type InputOf<T> = T extends Api<infer Input, infer _Response> ? Input : never;

/** A transactional producer as its coordinator knows it. */
export interface Holder {
  readonly producerId: number;
  readonly producerEpoch: number;
}

export function init(
  version: number,
  transactionalId: string | null,
  { timeoutMs = 60_000, holder }: { timeoutMs?: number; holder?: Holder } = {},
): InputOf<typeof initProducerId> {
  return {
    transactionalId,
    transactionTimeoutMs: timeoutMs,
    ...(version >= 3 && holder !== undefined
      ? { producerId: holder.producerId, producerEpoch: holder.producerEpoch }
      : {}),
  };
}

/** Asks for a producer id until the coordinator is done with what went before; only the last answer is compared. */
export async function initialized(
  peer: Peer,
  label: string,
  version: number,
  transactionalId: string,
  holder?: Holder,
): Promise<Holder> {
  // The first one to look for a coordinator has the topic of transactions made.
  await peer.settled(
    () => peer.quietly(findCoordinator, 6, { keyType: 1, coordinatorKeys: [transactionalId] }),
    ({ coordinators }) => coordinators.every(({ errorCode }) => errorCode === 0),
  );
  const message = init(version, transactionalId, holder === undefined ? {} : { holder });
  return peer.askUntil(
    label,
    { api: initProducerId, version, message },
    ({ errorCode }) => !isPassing(errorCode),
  );
}

const [COORDINATOR_LOAD_IN_PROGRESS, COORDINATOR_NOT_AVAILABLE] = [14, 15];
const [NOT_COORDINATOR, CONCURRENT_TRANSACTIONS] = [16, 51];

export function isPassing(errorCode: number): boolean {
  return [
    COORDINATOR_LOAD_IN_PROGRESS,
    COORDINATOR_NOT_AVAILABLE,
    NOT_COORDINATOR,
    CONCURRENT_TRANSACTIONS,
  ].includes(errorCode);
}

/** Waits until the markers of the last transaction are written. */
export async function completed(peer: Peer, transactionalId: string): Promise<void> {
  await peer.settled(
    () => peer.quietly(describeTransactions, 0, { transactionalIds: [transactionalId] }),
    ({ transactionStates }) => !transactionStates[0]!.transactionState.startsWith('Prepare'),
  );
}

export function addPartitions(
  version: number,
  transactionalId: string,
  holder: Holder,
  topic: Topic,
  { partitions = [0], verifyOnly = false }: { partitions?: readonly number[]; verifyOnly?: boolean } = {},
): InputOf<typeof addPartitionsToTxn> {
  const topics = [{ name: topic.name, partitions }];
  if (version >= 4) return { transactions: [{ transactionalId, ...identity(holder), verifyOnly, topics }] };
  return {
    v3AndBelowTransactionalId: transactionalId,
    v3AndBelowProducerId: holder.producerId,
    v3AndBelowProducerEpoch: holder.producerEpoch,
    v3AndBelowTopics: topics,
  };
}

export function end(transactionalId: string, holder: Holder, committed: boolean): InputOf<typeof endTxn> {
  return { transactionalId, ...identity(holder), committed };
}

export function addOffsets(
  transactionalId: string,
  holder: Holder,
  groupId: string,
): InputOf<typeof addOffsetsToTxn> {
  return { transactionalId, ...identity(holder), groupId };
}

export function commitOffset(
  version: number,
  transactionalId: string,
  holder: Holder,
  { groupId, topic, offset = 7 }: { groupId: string; topic: Topic; offset?: number },
): InputOf<typeof txnOffsetCommit> {
  return {
    transactionalId,
    groupId,
    ...identity(holder),
    topics: [
      {
        name: topic.name,
        partitions: [
          {
            partitionIndex: 0,
            committedOffset: offset,
            ...(version >= 2 ? { committedLeaderEpoch: -1 } : {}),
            committedMetadata: 'note',
          },
        ],
      },
    ],
  };
}

/** A Produce request with one transactional batch. */
export function produceIn(
  version: number,
  transactionalId: string | null,
  holder: Holder,
  {
    topic,
    sequence,
    index = 0,
    isTransactional = true,
  }: {
    topic: Topic;
    sequence: number;
    index?: number;
    isTransactional?: boolean;
  },
): ReturnType<typeof produceRequest> {
  const records = batchOf(['v'], { ...identity(holder), baseSequence: sequence, isTransactional });
  return produceRequest(version, topic, records, { index, transactionalId });
}

export function identity({ producerId, producerEpoch }: Holder): Holder {
  return { producerId, producerEpoch };
}
