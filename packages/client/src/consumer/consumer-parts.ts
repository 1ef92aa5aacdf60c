import { Cluster } from '../cluster/cluster.ts';
import { ConsumerMetrics } from '../observability/consumer-metrics.ts';
import { ConsumerInterceptors } from './consumer-interceptors.ts';
import type { ConsumerSettings } from './consumer-settings.ts';
import { FetchAnswerReader } from './fetch/fetch-answer-reader.ts';
import { FetchBuffer } from './fetch/fetch-buffer.ts';
import { Fetcher } from './fetch/fetcher.ts';
import { AssignmentHandover } from './group/assignment-handover.ts';
import { GroupMember } from './group/group-member.ts';
import type { GroupMembership } from './group/group-membership.ts';
import { ServerAssignedMember } from './group/server-assigned-member.ts';
import type { Committer } from './offsets/commit-offsets.ts';
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
  readonly member: GroupMembership | undefined;
  /** Who asks for committed offsets, where the coordinator wants to know. */
  readonly asking: () => Committer | undefined;
  readonly topics: TopicWatch;
  readonly loop: PollLoop;
  readonly wake: WakeSignal;
  readonly interceptors: ConsumerInterceptors | undefined;
  /** Undefined where nobody measures, in tests. */
  readonly metrics: ConsumerMetrics | undefined;
}

/** Puts a consumer together. No I/O happens before the first poll or lookup. */
export function assembleConsumer(settings: ConsumerSettings): ConsumerParts {
  const cluster = new Cluster(settings.cluster);
  const subscription = new SubscriptionState();
  const wake = new WakeSignal(cluster.host);
  const onProgress = () => wake.notify();
  const buffer = new FetchBuffer(subscription);
  const { instruments } = cluster.settings;
  const metrics =
    instruments === undefined
      ? undefined
      : new ConsumerMetrics(instruments, cluster.host.clock, subscription);
  const ground = { settings, cluster, subscription, buffer, onProgress, metrics };
  const fetcher = assembleFetcher(ground);
  const interceptors =
    settings.interceptors.length === 0
      ? undefined
      : new ConsumerInterceptors(settings.interceptors, cluster.logger);
  const asking = () => askingMember(settings, member);
  const resolver = assembleResolver(ground, asking);
  const commits = new OffsetCommits(cluster, subscription, {
    schedule: autoCommitSchedule(settings),
    committer: () => member?.committer ?? noMember(settings),
    onRefused: (errorCode, generationId) => member?.commitRefused(errorCode, generationId),
    onCommitted: interceptors === undefined ? undefined : (offsets) => interceptors.onCommit(offsets),
  });
  const handover = assembleHandover(ground, commits);
  const member = assembleMember(ground, handover, () => loop.isWaiting);
  const topics = new TopicWatch(cluster, subscription, {
    excludesInternal: settings.values['exclude.internal.topics'],
  });
  const group = { commits, handover, member, asking };
  const parts = {
    cluster,
    subscription,
    buffer,
    fetcher,
    resolver,
    ...group,
    topics,
    wake,
    interceptors,
    metrics,
  };
  const maxPollRecords = settings.values['max.poll.records'];
  const loop = new PollLoop({ ...parts, host: cluster.host, maxPollRecords });
  cluster.refresher.onChange(() => onMetadataChanged(parts));
  return { ...parts, loop };
}

/** What every part stands on. */
interface Ground {
  readonly settings: ConsumerSettings;
  readonly cluster: Cluster;
  readonly subscription: SubscriptionState;
  readonly buffer: FetchBuffer;
  readonly onProgress: () => void;
  readonly metrics: ConsumerMetrics | undefined;
}

function assembleResolver(
  { settings, cluster, subscription, onProgress }: Ground,
  member: () => Committer | undefined,
): PositionResolver {
  return new PositionResolver(cluster, subscription, {
    groupId: settings.groupId,
    member,
    isolationLevel: settings.isolationLevel,
    resetPolicy: settings.resetPolicy,
    apiTimeoutMs: settings.values['default.api.timeout.ms'],
    onProgress,
  });
}

function assembleHandover(
  { settings, subscription, buffer, metrics, cluster }: Ground,
  commits: OffsetCommits,
): AssignmentHandover {
  const { values } = settings;
  const limits = {
    timeoutMs: Math.min(values['max.poll.interval.ms'], values['default.api.timeout.ms']),
    limitedBy: 'default.api.timeout.ms',
  };
  return new AssignmentHandover(subscription, {
    protocol: settings.rebalanceProtocol,
    logger: settings.cluster.logger,
    autoCommit: (partitions) => commits.autoCommitNow(partitions, limits),
    metrics: metrics && { rebalances: metrics.rebalances, clock: cluster.host.clock },
    onAssignmentChanged: () => buffer.dropOutdated(),
  });
}

function assembleMember(
  { settings, cluster, subscription, onProgress }: Ground,
  handover: AssignmentHandover,
  isPolling: () => boolean,
): GroupMembership | undefined {
  const { values, groupId } = settings;
  if (groupId === undefined) return undefined;
  const common = {
    groupId,
    groupInstanceId: settings.groupInstanceId,
    rackId: values['client.rack'] === '' ? null : values['client.rack'],
    maxPollIntervalMs: values['max.poll.interval.ms'],
    retryBackoffMs: values['retry.backoff.ms'],
    retryBackoffMaxMs: values['retry.backoff.max.ms'],
    onProgress,
    isPolling,
  };
  if (values['group.protocol'] === 'consumer') {
    const assignor = values['group.remote.assignor'];
    const serverAssignor = assignor === '' ? null : assignor;
    return new ServerAssignedMember(cluster, subscription, handover, { ...common, serverAssignor });
  }
  return new GroupMember(cluster, subscription, handover, {
    ...common,
    assignors: settings.assignors,
    heartbeatIntervalMs: values['heartbeat.interval.ms'],
    sessionTimeoutMs: values['session.timeout.ms'],
  });
}

/** Members of classic groups ask as nobody: there is no epoch for the coordinator to check. */
function askingMember(
  { values }: ConsumerSettings,
  member: GroupMembership | undefined,
): Committer | undefined {
  const committer = values['group.protocol'] === 'consumer' ? member?.committer : undefined;
  return committer === undefined || committer.generationId < 0 ? undefined : committer;
}

function autoCommitSchedule({
  autoCommits,
  values,
  cluster,
}: ConsumerSettings): AutoCommitSchedule | undefined {
  if (!autoCommits) return undefined;
  const nowMs = cluster.host.clock.monotonicMs();
  return new AutoCommitSchedule(values['auto.commit.interval.ms'], values['retry.backoff.ms'], nowMs);
}

function assembleFetcher({ settings, cluster, subscription, buffer, onProgress, metrics }: Ground): Fetcher {
  const { values, isolationLevel } = settings;
  const answers = new FetchAnswerReader(cluster, subscription, buffer, {
    checksCrcs: values['check.crcs'],
    isolationLevel,
    resetPolicy: settings.resetPolicy,
    preferredReplicaMs: values['metadata.max.age.ms'],
    metrics,
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

function onMetadataChanged(parts: Omit<ConsumerParts, 'loop'>): void {
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
