import { ApiKey, ErrorCode } from '@millrace/protocol';
import {
  AlterReplicaLogDirsRequest,
  AlterReplicaLogDirsResponse,
} from '@millrace/protocol/messages/alter-replica-log-dirs';
import { requireAllowed } from './access.ts';
import { defineHandler, type RequestContext } from './handler.ts';
import { toKafkaError } from './to-kafka-error.ts';

interface PartitionResult {
  readonly topicName: string;
  readonly partitionIndex: number;
  readonly errorCode: number;
}

/** Moves partitions to other log directories of this node (KIP-113). Answers when the copies have begun. */
export const alterReplicaLogDirs = defineHandler({
  key: ApiKey.ALTER_REPLICA_LOG_DIRS,
  minVersion: 1,
  maxVersion: 2,
  request: AlterReplicaLogDirsRequest,
  response: AlterReplicaLogDirsResponse,

  authorize: (_request, context) => requireAllowed(context, 'ALTER', 'CLUSTER'),

  async handle(request, context) {
    const results: PartitionResult[] = [];
    for (const { path, topicName, partitionIndex } of movesIn(request)) {
      const errorCode = await move({ path, topicName, partitionIndex }, context);
      results.push({ topicName, partitionIndex, errorCode });
    }
    return respond(results);
  },

  fail: ({ errorCode }, request) =>
    respond(
      movesIn(request).map(({ topicName, partitionIndex }) => ({ topicName, partitionIndex, errorCode })),
    ),
});

interface WantedMove {
  readonly path: string;
  readonly topicName: string;
  readonly partitionIndex: number;
}

/** A partition that is named twice goes to the last place. */
function movesIn({ dirs }: AlterReplicaLogDirsRequest): WantedMove[] {
  const moves = new Map<string, WantedMove>();
  for (const { path, topics } of dirs) {
    for (const { name: topicName, partitions } of topics) {
      for (const partitionIndex of partitions)
        moves.set(`${partitionIndex} ${topicName}`, { path, topicName, partitionIndex });
    }
  }
  return [...moves.values()];
}

async function move(
  { path, topicName, partitionIndex }: WantedMove,
  { broker }: RequestContext,
): Promise<number> {
  const { logs, image } = broker;
  try {
    const directory = logs.directories.find((each) => each.path === path);
    if (directory === undefined) return ErrorCode.LOG_DIR_NOT_FOUND;
    if (directory.isCordoned) return ErrorCode.INVALID_REPLICA_ASSIGNMENT;
    const topic = image.topics.byName.get(topicName);
    if (topic?.partitions[partitionIndex] === undefined) return ErrorCode.UNKNOWN_TOPIC_OR_PARTITION;
    await logs.move(topicName, partitionIndex, path);
    return ErrorCode.NONE;
  } catch (error) {
    return toKafkaError(error).errorCode;
  }
}

function respond(results: readonly PartitionResult[]) {
  const byTopic = Map.groupBy(results, ({ topicName }) => topicName);
  return {
    throttleTimeMs: 0,
    results: Array.from(byTopic, ([topicName, partitions]) => ({
      topicName,
      partitions: partitions.map(({ partitionIndex, errorCode }) => ({ partitionIndex, errorCode })),
    })),
  };
}
