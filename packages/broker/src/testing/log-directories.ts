import {
  DescribeLogDirsRequest,
  DescribeLogDirsResponse,
} from '@millrace/protocol/messages/describe-log-dirs';
import type { RawConnection } from './raw-connection.ts';

export interface DescribedReplica {
  readonly partitionSize: number;
  readonly offsetLag: number;
  readonly isFutureKey: boolean;
}

/** What is in each log directory, of partition 0 of the topics, or of everything. */
export async function describeDirectories(
  connection: RawConnection,
  topics: readonly string[] | null,
): Promise<Readonly<Record<string, Readonly<Record<string, DescribedReplica>>>>> {
  const { results } = await connection.send({
    request: DescribeLogDirsRequest,
    response: DescribeLogDirsResponse,
    version: 4,
    message: { topics: topics?.map((topic) => ({ topic, partitions: [0] })) ?? null },
  });
  return Object.fromEntries(
    results.map((result) => [
      result.logDir,
      Object.fromEntries(
        result.topics.flatMap(({ name, partitions }) =>
          partitions.map(({ partitionIndex, partitionSize, offsetLag, isFutureKey }) => [
            `${name}-${partitionIndex}`,
            { partitionSize, offsetLag, isFutureKey },
          ]),
        ),
      ),
    ]),
  );
}
