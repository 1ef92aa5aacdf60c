import { Cluster } from '../cluster/cluster.ts';
import type { ConsumerSettings } from './consumer-settings.ts';
import { FetchAnswerReader } from './fetch/fetch-answer-reader.ts';
import { FetchBuffer } from './fetch/fetch-buffer.ts';
import { Fetcher } from './fetch/fetcher.ts';
import { AssignmentHandover } from './group/assignment-handover.ts';
import { GroupMember } from './group/group-member.ts';
import { OffsetCommits } from './offsets/offset-commits.ts';
import { PositionResolver } from './offsets/position-resolver.ts';
import { PollLoop } from './poll-loop.ts';
import { AutoCommitSchedule } from './subscription/auto-commit-schedule.ts';
import { SubscriptionState } from './subscription/subscription-state.ts';
import { TopicWatch } from './topic-watch.ts';
import { WakeSignal } from './wake-signal.ts';

/** Everything a consumer is made of. */
export interface ConsumerParts {
  readonly cluster: Cluster;
  readonly subscription: SubscriptionState;
  readonly buffer: FetchBuffer;
  readonly fetcher: Fetcher;
  readonly resolver: PositionResolver;
  readonly commits: OffsetCommits;
  readonly handover: AssignmentHandover;
  /** Undefined without `group.id`. */
  readonly member: GroupMember | undefined;
  readonly topics: TopicWatch;
  readonly loop: PollLoop;
  readonly wake: WakeSignal;
}

/** Puts a consumer together. No I/O happens before the first poll or lookup. */
export function assembleConsumer(settings: ConsumerSettings): ConsumerParts {
  const { values, groupId } = settings;
  const cluster = new Cluster(settings.cluster);
  const { host } = settings.cluster;
  const subscription = new SubscriptionState();
  const wake = new WakeSignal(host);
  const onProgress = () => wake.notify();
  const buffer = new FetchBuffer(subscription);
  const fetcher = assembleFetcher(settings, cluster, { subscription, buffer, onProgress });
  const resolver = new PositionResolver(cluster, subscription, {
    groupId,
    isolationLevel: settings.isolationLevel,
    resetPolicy: settings.resetPolicy,
    apiTimeoutMs: values['default.api.timeout.ms'],
    onProgress,
  });
  const commits = new OffsetCommits(cluster, subscription, {
    schedule: settings.autoCommits
      ? new AutoCommitSchedule(
          values['auto.commit.interval.ms'],
          values['retry.backoff.ms'],
          host.clock.monotonicMs(),
        )
      : undefined,
    committer: () => member?.committer ?? noMember(settings),
    onRefused: (errorCode, generationId) => member?.commitRefused(errorCode, generationId),
  });
  const handover = new AssignmentHandover(subscription, {
    protocol: settings.rebalanceProtocol,
    logger: settings.cluster.logger,
    autoCommit: (partitions) =>
      commits.autoCommitNow(partitions, {
        timeoutMs: Math.min(values['max.poll.interval.ms'], values['default.api.timeout.ms']),
        limitedBy: 'default.api.timeout.ms',
      }),
    onAssignmentChanged: () => buffer.dropOutdated(),
  });
  const member =
    groupId === undefined
      ? undefined
      : new GroupMember(cluster, subscription, handover, {
          groupId,
          groupInstanceId: settings.groupInstanceId,
          rackId: values['client.rack'] === '' ? null : values['client.rack'],
          assignors: settings.assignors,
          heartbeatIntervalMs: values['heartbeat.interval.ms'],
          sessionTimeoutMs: values['session.timeout.ms'],
          maxPollIntervalMs: values['max.poll.interval.ms'],
          retryBackoffMs: values['retry.backoff.ms'],
          retryBackoffMaxMs: values['retry.backoff.max.ms'],
          onProgress,
          isPolling: () => loop.isWaiting,
        });
  const topics = new TopicWatch(cluster, subscription, {
    excludesInternal: values['exclude.internal.topics'],
  });
  const loop = new PollLoop({
    host,
    subscription,
    member,
    commits,
    resolver,
    fetcher,
    buffer,
    topics,
    wake,
    maxPollRecords: values['max.poll.records'],
  });
  const parts = {
    cluster,
    subscription,
    buffer,
    fetcher,
    resolver,
    commits,
    handover,
    member,
    topics,
    loop,
    wake,
  };
  cluster.refresher.onChange(() => onMetadataChanged(parts));
  return parts;
}

function assembleFetcher(
  settings: ConsumerSettings,
  cluster: Cluster,
  {
    subscription,
    buffer,
    onProgress,
  }: Pick<ConsumerParts, 'subscription' | 'buffer'> & { onProgress: () => void },
): Fetcher {
  const { values, isolationLevel } = settings;
  const answers = new FetchAnswerReader(cluster, subscription, buffer, {
    checksCrcs: values['check.crcs'],
    isolationLevel,
    resetPolicy: settings.resetPolicy,
    preferredReplicaMs: values['metadata.max.age.ms'],
  });
  return new Fetcher(cluster, subscription, buffer, answers, {
    maxWaitMs: values['fetch.max.wait.ms'],
    minBytes: values['fetch.min.bytes'],
    maxBytes: values['fetch.max.bytes'],
    maxPartitionBytes: values['max.partition.fetch.bytes'],
    maxBufferedBytes: settings.maxBufferedBytes,
    isolationLevel,
    rackId: values['client.rack'],
    onProgress,
  });
}

function onMetadataChanged(parts: ConsumerParts): void {
  const { cluster, subscription, topics, member, resolver, fetcher, wake } = parts;
  for (const partition of subscription.assigned) {
    if (cluster.leaderOf(partition.topic, partition.partition) !== undefined) partition.leaderFound();
  }
  topics.recheck();
  if (topics.metadataChanged()) member?.requestRejoin('topics that match the pattern changed');
  if (subscription.isGroupManaged) member?.onMetadataChanged();
  // Leaders may have moved: positions to validate, partitions to fetch elsewhere.
  resolver.resolve();
  fetcher.fetch();
  wake.notify();
}

function noMember({ groupId, groupInstanceId }: ConsumerSettings) {
  return { groupId: groupId ?? '', groupInstanceId, generationId: -1, memberId: '' };
}
