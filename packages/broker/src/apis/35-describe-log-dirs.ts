import type { PartitionLog } from '@millrace/log';
import { ApiKey, ErrorCode } from '@millrace/protocol';
import {
  DescribeLogDirsRequest,
  DescribeLogDirsResponse,
  type DescribeLogDirsResponseDescribeLogDirsResultInput,
} from '@millrace/protocol/messages/describe-log-dirs';
import { hasCordonedDirectories } from '../metadata/features.ts';
import { METADATA_TOPIC } from '../metadata/metadata-topic.ts';
import { requireAllowed } from './access.ts';
import { defineHandler, type RequestContext } from './handler.ts';
import { toKafkaError } from './to-kafka-error.ts';

/** What Kafka says of a volume whose size is not known. */
const UNKNOWN_BYTES = -1;
const FIRST_WITH_ERROR = 3;

/** One replica in a directory: the partition itself, or the copy that is to replace it. */
interface StoredReplica {
  readonly topic: string;
  readonly partitionIndex: number;
  readonly partitionSize: number;
  readonly offsetLag: number;
  readonly isFutureKey: boolean;
}

/** Sizes of partitions by log directory, of copies on their way, and how much room there is (KIP-113, KIP-827, KIP-1066). */
export const describeLogDirs = defineHandler({
  key: ApiKey.DESCRIBE_LOG_DIRS,
  minVersion: 1,
  maxVersion: 5,
  request: DescribeLogDirsRequest,
  response: DescribeLogDirsResponse,

  authorize: (_request, context) => requireAllowed(context, 'DESCRIBE', 'CLUSTER'),

  async handle({ topics }, { broker }) {
    const isWanted = wantedPartitions(topics);
    const results = await Promise.all(
      broker.logs.directories.map((directory) => describeDirectory(directory, isWanted, broker)),
    );
    return { throttleTimeMs: 0, errorCode: ErrorCode.NONE, results };
  },

  fail: ({ errorCode }, _request, { version }) => ({
    throttleTimeMs: 0,
    // Older versions say nothing.
    errorCode: version < FIRST_WITH_ERROR ? ErrorCode.NONE : errorCode,
    results: [],
  }),
});

/** `null` asks for all. */
function wantedPartitions(
  topics: DescribeLogDirsRequest['topics'],
): (topic: string, partition: number) => boolean {
  if (topics === null) return () => true;
  const wanted = new Map(topics.map(({ topic, partitions }) => [topic, new Set(partitions)]));
  return (topic, partition) => wanted.get(topic)?.has(partition) ?? false;
}

async function describeDirectory(
  { path, failure, isCordoned }: RequestContext['broker']['logs']['directories'][number],
  isWanted: (topic: string, partition: number) => boolean,
  { logs, host, image }: RequestContext['broker'],
): Promise<DescribeLogDirsResponseDescribeLogDirsResultInput> {
  if (failure !== undefined) return offline(path, ErrorCode.KAFKA_STORAGE_ERROR);
  try {
    const space = await host.disk.space(path);
    const own = [...logs.logs()].filter((log) => log.logDir === path).map(replicaOf);
    const copies = [...logs.moves()]
      .filter(({ toLogDir }) => toLogDir === path)
      .map(({ topic, partition, sizeBytes, offsetLag }): StoredReplica => ({
        topic,
        partitionIndex: partition,
        partitionSize: sizeBytes,
        offsetLag,
        isFutureKey: true,
      }));
    const replicas = [...own, ...copies].filter(
      ({ topic, partitionIndex }) => topic !== METADATA_TOPIC && isWanted(topic, partitionIndex),
    );
    return {
      errorCode: ErrorCode.NONE,
      logDir: path,
      topics: Array.from(
        Map.groupBy(replicas, ({ topic }) => topic),
        ([name, partitions]) => ({ name, partitions }),
      ),
      totalBytes: space?.totalBytes ?? UNKNOWN_BYTES,
      usableBytes: space?.usableBytes ?? UNKNOWN_BYTES,
      isCordoned: isCordoned && hasCordonedDirectories(image),
    };
  } catch (error) {
    return offline(path, toKafkaError(error).errorCode);
  }
}

function replicaOf({ topic, partition, sizeBytes }: PartitionLog): StoredReplica {
  return { topic, partitionIndex: partition, partitionSize: sizeBytes, offsetLag: 0, isFutureKey: false };
}

function offline(logDir: string, errorCode: number): DescribeLogDirsResponseDescribeLogDirsResultInput {
  return { errorCode, logDir, topics: [], totalBytes: UNKNOWN_BYTES, usableBytes: UNKNOWN_BYTES };
}
