import type { KafkaError } from '@millrace/protocol';

/** The shape that all requests to share coordinators have. */
export interface StateRequest<Partition extends { readonly partition: number }> {
  readonly groupId: string;
  readonly topics: readonly { readonly topicId: string; readonly partitions: readonly Partition[] }[];
}

/** The answer for one partition, whatever else is in it. */
export interface StateAnswer {
  readonly partition: number;
  readonly errorCode: number;
  readonly errorMessage: string | null;
}

/** Asks for each partition of a request, and puts the answers together. A group without a name has none. */
export async function askForEach<Partition extends { readonly partition: number }, Answer extends object>(
  { groupId, topics }: StateRequest<Partition>,
  ask: (partition: Partition, of: { readonly groupId: string; readonly topicId: string }) => Promise<Answer>,
) {
  if (groupId === '') return { results: [] };
  const results = topics.map(async ({ topicId, partitions }) => ({
    topicId,
    partitions: await Promise.all(
      partitions.map(async (one) => ({
        partition: one.partition,
        ...(await ask(one, { groupId, topicId })),
      })),
    ),
  }));
  return { results: await Promise.all(results) };
}

/** The same error for each partition. */
export function failEach<Rest extends object>(
  { topics }: StateRequest<{ readonly partition: number }>,
  { errorCode, message: errorMessage }: KafkaError,
  rest: Rest,
) {
  return {
    results: topics.map(({ topicId, partitions }) => ({
      topicId,
      partitions: partitions.map(({ partition }) => ({ partition, errorCode, errorMessage, ...rest })),
    })),
  };
}
