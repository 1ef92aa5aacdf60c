import { CorruptFileError } from '../errors.ts';

export const PARTITION_METADATA = 'partition.metadata';

export function formatPartitionMetadata(topicId: string): string {
  return `version: 0\ntopic_id: ${topicId}`;
}

/** The topic id, 22 characters. @throws CorruptFileError */
export function parsePartitionMetadata(text: string, path: string): string {
  const match = /^version: (\d+)\s*\ntopic_id: ([A-Za-z0-9_-]{22})\s*$/.exec(text);
  if (match === null)
    throw new CorruptFileError(path, 0, 'expected "version: 0" and "topic_id: <22 characters>"');
  return match[2]!;
}
