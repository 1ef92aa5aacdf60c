import {
  AlterShareGroupOffsetsRequest,
  AlterShareGroupOffsetsResponse,
} from '@millrace/protocol/messages/alter-share-group-offsets';
import {
  DescribeShareGroupOffsetsRequest,
  DescribeShareGroupOffsetsResponse,
} from '@millrace/protocol/messages/describe-share-group-offsets';
import type { ShareClient } from './share-client.ts';

/** @returns per topic: its name, and of each partition its start offset and the lag behind a minus sign */
export async function shareOffsets(
  { connection, groupId }: ShareClient,
  topics: { topicName: string; partitions: number[] }[] | null = null,
  version = 1,
): Promise<string[][]> {
  const { groups } = await connection.send({
    request: DescribeShareGroupOffsetsRequest,
    response: DescribeShareGroupOffsetsResponse,
    version,
    message: { groups: [{ groupId, topics }] },
  });
  return groups[0]!.topics.map(({ topicName, partitions }) => [
    topicName,
    ...partitions.map(({ startOffset, lag }) => `${startOffset} -${lag}`),
  ]);
}

/** Sets partition 0, and partition 9, which there is not. */
export function alterShareOffsets(
  { connection, groupId }: ShareClient,
  startOffset: number,
  topicName = 't',
) {
  const partitions = [0, 9].map((partitionIndex) => ({ partitionIndex, startOffset }));
  return connection.send({
    request: AlterShareGroupOffsetsRequest,
    response: AlterShareGroupOffsetsResponse,
    version: 0,
    message: { groupId, topics: [{ topicName, partitions }] },
  });
}
