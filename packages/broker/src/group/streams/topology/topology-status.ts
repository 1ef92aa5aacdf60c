/** What a member is told besides its tasks, by Kafka's numbers. */
export const StreamsStatus = {
  staleTopology: 0,
  missingSourceTopics: 1,
  incorrectlyPartitionedTopics: 2,
  missingInternalTopics: 3,
  shutdownApplication: 4,
  assignmentDelayed: 5,
} as const;

export interface StatusOfMember {
  readonly statusCode: (typeof StreamsStatus)[keyof typeof StreamsStatus];
  readonly statusDetail: string;
}

const MOST_TOPICS_NAMED = 3;

/** The first few of them, for a message. */
export function summarizeTopics(topics: readonly string[]): string {
  const named = topics.slice(0, MOST_TOPICS_NAMED).join(', ');
  const others = topics.length - MOST_TOPICS_NAMED;
  return others > 0 ? `${named} and ${others} additional topics` : named;
}
