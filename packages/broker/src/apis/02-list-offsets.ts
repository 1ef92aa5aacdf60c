import { ApiKey, ErrorCode, KafkaError } from '@millrace/protocol';
import {
  ListOffsetsRequest,
  ListOffsetsResponse,
  type ListOffsetsRequestListOffsetsPartition,
  type ListOffsetsResponseListOffsetsPartitionResponseInput,
} from '@millrace/protocol/messages/list-offsets';
import type { FetchBound } from '../fetch/read-partition.ts';
import type { LeaderPartition } from '../partitions/leader-partition.ts';
import { requireLeader } from '../partitions/require-leader.ts';
import { requireAllowed } from './access.ts';
import { defineHandler, type RequestContext } from './handler.ts';
import { toKafkaError } from './to-kafka-error.ts';

type PartitionResponse = ListOffsetsResponseListOffsetsPartitionResponseInput;

const READ_COMMITTED = 1;
const FIRST_WITH_OFFSET_NOT_AVAILABLE = 5;
const UNKNOWN = -1;

/** Timestamps that ask for a place instead of a time, with the first version that knows them. */
const Timestamp = {
  LATEST: -1,
  EARLIEST: -2,
  MAX_TIMESTAMP: -3,
  EARLIEST_LOCAL: -4,
  LATEST_TIERED: -5,
  EARLIEST_PENDING_UPLOAD: -6,
} as const;

const firstVersions: ReadonlyMap<number, number> = new Map([
  [Timestamp.LATEST, 1],
  [Timestamp.EARLIEST, 1],
  [Timestamp.MAX_TIMESTAMP, 7],
  [Timestamp.EARLIEST_LOCAL, 8],
  [Timestamp.LATEST_TIERED, 9],
  [Timestamp.EARLIEST_PENDING_UPLOAD, 11],
]);

export const listOffsets = defineHandler({
  key: ApiKey.LIST_OFFSETS,
  minVersion: 1,
  maxVersion: 11,
  request: ListOffsetsRequest,
  response: ListOffsetsResponse,

  async handle(request, context) {
    const bound = boundFor(request);
    const topics = request.topics.map(async ({ name, partitions }) => {
      const twice = repeated(partitions);
      const once = partitions.filter(({ partitionIndex }) => !twice.has(partitionIndex));
      const answers = once.map((partition) => findOffset(name, partition, bound, context));
      const refused = [...twice].map((index) => failed(index, ErrorCode.INVALID_REQUEST));
      return { name, partitions: [...refused, ...(await Promise.all(answers))] };
    });
    return { throttleTimeMs: 0, topics: await Promise.all(topics) };
  },

  fail: (error, request) => ({
    throttleTimeMs: 0,
    topics: request.topics.map(({ name, partitions }) => ({
      name,
      partitions: partitions.map(({ partitionIndex }) => failed(partitionIndex, error.errorCode)),
    })),
  }),
});

/** Replicas are told of everything that is there, committed or not. */
function boundFor({ replicaId, isolationLevel }: ListOffsetsRequest): FetchBound {
  if (replicaId >= 0) return 'logEndOffset';
  return isolationLevel === READ_COMMITTED ? 'lastStableOffset' : 'highWatermark';
}

/** Partitions that a request asks about more than once; each is refused, with one answer. */
function repeated(partitions: readonly ListOffsetsRequestListOffsetsPartition[]): ReadonlySet<number> {
  const seen = new Set<number>();
  const twice = new Set<number>();
  for (const { partitionIndex } of partitions) (seen.has(partitionIndex) ? twice : seen).add(partitionIndex);
  return twice;
}

async function findOffset(
  topic: string,
  { partitionIndex, currentLeaderEpoch, timestamp }: ListOffsetsRequestListOffsetsPartition,
  bound: FetchBound,
  context: RequestContext,
): Promise<PartitionResponse> {
  const { broker, version } = context;
  try {
    requireAllowed(context, 'DESCRIBE', 'TOPIC', topic);
    const firstVersion = timestamp < 0 ? firstVersions.get(timestamp) : 0;
    if (firstVersion === undefined || version < firstVersion) {
      throw new KafkaError('UNSUPPORTED_VERSION', `Timestamp ${timestamp} is unknown to version ${version}`);
    }
    const leader = requireLeader(broker, topic, partitionIndex);
    leader.checkLeaderEpoch(currentLeaderEpoch);
    const found = await lookUp(leader, timestamp, bound);
    if (bound !== 'logEndOffset') requireKnown(leader, timestamp, found);
    return {
      partitionIndex,
      errorCode: ErrorCode.NONE,
      timestamp: found.timestampMs,
      offset: found.offset,
      // Older versions do not carry it, and would refuse to drop it.
      ...(version >= 4 ? { leaderEpoch: found.leaderEpoch } : {}),
    };
  } catch (error) {
    return failed(partitionIndex, inVersion(toKafkaError(error).errorCode, version));
  }
}

/** OFFSET_NOT_AVAILABLE is newer than the first versions; their clients ask again after LEADER_NOT_AVAILABLE. */
function inVersion(errorCode: number, version: number): number {
  const isUnknown = errorCode === ErrorCode.OFFSET_NOT_AVAILABLE && version < FIRST_WITH_OFFSET_NOT_AVAILABLE;
  return isUnknown ? ErrorCode.LEADER_NOT_AVAILABLE : errorCode;
}

/**
 * After a change of leaders the high watermark is behind for a moment: what consumers have read may lie above it, and
 * an end of the log that goes back must not be told. @throws KafkaError OFFSET_NOT_AVAILABLE
 */
function requireKnown(
  { log, state, topic, index }: LeaderPartition,
  timestamp: number,
  found: FoundOffset,
): void {
  if (state.leaderEpochStartOffset <= log.highWatermark) return;
  const isBehind = timestamp === Timestamp.LATEST || (timestamp >= 0 && found.offset === UNKNOWN);
  if (!isBehind) return;
  throw new KafkaError('OFFSET_NOT_AVAILABLE', `The end of ${topic}-${index} is not known after an election`);
}

interface FoundOffset {
  readonly offset: number;
  readonly timestampMs: number;
  readonly leaderEpoch: number;
}

const nothing: FoundOffset = { offset: UNKNOWN, timestampMs: UNKNOWN, leaderEpoch: UNKNOWN };

async function lookUp(leader: LeaderPartition, timestamp: number, bound: FetchBound): Promise<FoundOffset> {
  const { log } = leader;
  switch (timestamp) {
    case Timestamp.LATEST:
      return { offset: log[bound], timestampMs: UNKNOWN, leaderEpoch: leader.leaderEpoch };
    case Timestamp.EARLIEST:
    case Timestamp.EARLIEST_LOCAL:
      return {
        offset: log.logStartOffset,
        timestampMs: UNKNOWN,
        leaderEpoch: leader.epochForOffset(log.logStartOffset),
      };
    case Timestamp.MAX_TIMESTAMP:
      return (await log.offsetForMaxTimestamp(bound)) ?? nothing;
    case Timestamp.LATEST_TIERED:
    case Timestamp.EARLIEST_PENDING_UPLOAD:
      // Nothing is ever tiered.
      return nothing;
    default:
      return (await log.offsetForTimestamp(timestamp, bound)) ?? nothing;
  }
}

function failed(partitionIndex: number, errorCode: number): PartitionResponse {
  return { partitionIndex, errorCode, timestamp: UNKNOWN, offset: UNKNOWN };
}
