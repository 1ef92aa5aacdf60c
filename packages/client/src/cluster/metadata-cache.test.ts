import { ErrorCode } from '@millrace/protocol';
import { MetadataResponse } from '@millrace/protocol/messages/metadata';
import { describe, expect, it } from 'vitest';
import { metadataAnswer, type TopicOfAnswer } from '../testing/metadata-answer.ts';
import { MetadataCache } from './metadata-cache.ts';

const A = 'AAAAAAAAAAAAAAAAAAAAAg';
const B = 'AAAAAAAAAAAAAAAAAAAAAw';

function answer(...topics: TopicOfAnswer[]): MetadataResponse {
  const input = metadataAnswer([1000, 1001], topics);
  return MetadataResponse.create({
    ...input,
    brokers: input.brokers.map((broker) => ({ ...broker, rack: null })),
    topics: input.topics.map((topic) => ({
      ...topic,
      isInternal: false,
      topicAuthorizedOperations: -2147483648,
      topicId: topic.topicId ?? A,
      partitions: topic.partitions.map((partition) => ({
        ...partition,
        leaderEpoch: partition.leaderEpoch ?? -1,
        replicaNodes: [...partition.replicaNodes],
        isrNodes: [...partition.isrNodes],
        offlineReplicas: [],
      })),
    })),
  } as Partial<MetadataResponse>);
}

function cacheOf(...topics: TopicOfAnswer[]): MetadataCache {
  const cache = new MetadataCache();
  cache.apply(answer(...topics), { isComplete: false });
  return cache;
}

describe('MetadataCache', () => {
  it('keeps a leader against an answer with an older epoch', () => {
    const cache = cacheOf({ name: 'orders', topicId: A, leaders: [1], leaderEpoch: 5 });
    cache.apply(answer({ name: 'orders', topicId: A, leaders: [0], leaderEpoch: 4 }), { isComplete: false });
    expect(cache.partition('orders', 0)).toMatchObject({ leaderId: 1, leaderEpoch: 5 });
    cache.apply(answer({ name: 'orders', topicId: A, leaders: [0], leaderEpoch: 6 }), { isComplete: false });
    expect(cache.partition('orders', 0)).toMatchObject({ leaderId: 0, leaderEpoch: 6 });
  });

  it('starts epochs again when the topic was created anew', () => {
    const cache = cacheOf({ name: 'orders', topicId: A, leaders: [1], leaderEpoch: 5 });
    cache.apply(answer({ name: 'orders', topicId: B, leaders: [0], leaderEpoch: 0 }), { isComplete: false });
    expect(cache.partition('orders', 0)).toMatchObject({ leaderId: 0, leaderEpoch: 0 });
    expect(cache.topicNameOf(A)).toBeUndefined();
    expect(cache.topicNameOf(B)).toBe('orders');
  });

  it('takes leaders without epochs as they come, as old brokers tell them', () => {
    const cache = cacheOf({ name: 'orders', topicId: A, leaders: [1], leaderEpoch: 5 });
    cache.apply(answer({ name: 'orders', topicId: A, leaders: [0], leaderEpoch: -1 }), { isComplete: false });
    expect(cache.partition('orders', 0)!.leaderId).toBe(0);
  });

  it('forgets partitions of a topic that is gone, keeps them through other errors', () => {
    const cache = cacheOf({ name: 'orders', topicId: A, leaders: [1] });
    const failing = (errorCode: number) =>
      cache.apply(answer({ name: 'orders', topicId: A, leaders: [], errorCode }), { isComplete: false });
    failing(ErrorCode.LEADER_NOT_AVAILABLE);
    expect(cache.partition('orders', 0)!.leaderId).toBe(1);
    failing(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION);
    expect(cache.partition('orders', 0)).toBeUndefined();
  });

  it('keeps topics that an answer does not mention, unless it is complete', () => {
    const cache = cacheOf({ name: 'orders', topicId: A }, { name: 'events', topicId: B });
    cache.apply(answer({ name: 'orders', topicId: A }), { isComplete: false });
    expect(cache.topic('events')).toBeDefined();
    cache.apply(answer({ name: 'orders', topicId: A }), { isComplete: true });
    expect(cache.topic('events')).toBeUndefined();
  });

  it('takes a leader hint with a newer epoch, with the address it brings, and no older one', () => {
    const cache = cacheOf({ name: 'orders', topicId: A, leaders: [1, 1], leaderEpoch: 5 });
    const endpoints = [{ nodeId: 9, host: 'nine', port: 9092, rack: null }];
    const hint = { topic: 'orders', partition: 0, leaderId: 9, leaderEpoch: 6, endpoints };
    expect(cache.applyLeaderHint({ ...hint, leaderEpoch: 5 })).toBe(false);
    expect(cache.applyLeaderHint({ ...hint, leaderId: -1 })).toBe(false);
    expect(cache.applyLeaderHint({ ...hint, endpoints: [] })).toBe(false);
    expect(cache.applyLeaderHint(hint)).toBe(true);
    expect(cache.partition('orders', 0)!.leaderId).toBe(9);
    expect(cache.partition('orders', 1)!.leaderId).toBe(1);
    expect(cache.broker(9)).toMatchObject({ host: 'nine', port: 9092 });
    expect(cache.applyLeaderHint(hint)).toBe(false);
  });

  it('ignores partition numbers that no topic of that size has', () => {
    const cache = new MetadataCache();
    const hostile = answer({ name: 'orders', topicId: A, leaders: [0] });
    hostile.topics[0]!.partitions[0]!.partitionIndex = 2_000_000_000;
    cache.apply(hostile, { isComplete: false });
    expect(cache.topic('orders')!.partitions).toHaveLength(0);
  });
});
