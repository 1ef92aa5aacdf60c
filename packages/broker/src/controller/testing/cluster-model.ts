import { NO_LEADER, LeaderRecoveryState, type PartitionImage } from '../../metadata/cluster-image.ts';
import { alterReassignments } from '../alter-reassignments.ts';
import { balanceLeaders, electUncleanLeaders } from '../balance-leaders.ts';
import { alterConfigs, ConfigOperation } from '../alter-configs.ts';
import { electLeaders } from '../elect-leaders.ts';
import { expireBroker } from '../expire-broker.ts';
import { isActive } from '../partition-rules.ts';
import { isReassigned } from '../reassignment.ts';
import { unregisterBroker } from '../unregister-broker.ts';
import { Cluster } from './cluster.ts';

/** Something that happens to a cluster: numbers choose among what there is. */
export type ModelStep = readonly [name: keyof typeof happenings, a: number, b: number];

/** The logs of one partition: how far each replica is, and what consumers have seen. */
interface Logs {
  readonly endOffsets: Map<number, number>;
  highWatermark: number;
}

/** A partition as it was, to be compared with what it becomes. */
interface Before {
  readonly partition: PartitionImage;
  readonly recordCount: number;
}

const minInSync = 'min.insync.replicas';
const TOPICS = ['a', 'b'];
const COMMITTED_AT_FIRST = 8;

/**
 * A cluster of brokers that hold logs of the simplest kind, under a controller that decides as the real one does. After
 * each step it is checked that what was promised of partitions still holds.
 */
export class ClusterModel {
  readonly cluster: Cluster;
  readonly brokerIds: readonly number[];
  readonly hasElr: boolean;
  readonly #logs = new Map<string, Logs>();
  /** Who led in which epoch. */
  readonly #leaders = new Map<string, number>();
  /** Epochs in which the leader was not known to be complete, and those after it. */
  readonly #unclean = new Set<string>();

  constructor(brokerCount: number, hasElr: boolean) {
    this.brokerIds = Array.from({ length: brokerCount }, (_, index) => index + 1);
    this.hasElr = hasElr;
    this.cluster = Cluster.of(this.brokerIds, { hasElr });
    for (const [index, name] of TOPICS.entries()) {
      const replicas = [0, 1, 2].map((offset) => this.brokerIds[(index + offset) % brokerCount]!);
      this.cluster.topic(name, [replicas, replicas.toReversed()], { [minInSync]: '2' });
    }
    this.#check(new Map());
  }

  step([name, a, b]: ModelStep): void {
    const before = new Map(
      this.#partitions().map(([key, partition]) => [
        key,
        { partition, recordCount: this.cluster.records.length },
      ]),
    );
    happenings[name](this, a, b);
    this.#follow();
    this.#check(before);
  }

  broker(number: number): number {
    return this.brokerIds[number % this.brokerIds.length]!;
  }

  /** Topic and index of a partition, and how it is. */
  pick(number: number): {
    readonly name: string;
    readonly index: number;
    readonly partition: PartitionImage;
  } {
    const name = TOPICS[number % TOPICS.length]!;
    const { partitions } = this.cluster.topicOf(name);
    const index = Math.floor(number / TOPICS.length) % partitions.length;
    return { name, index, partition: partitions[index]! };
  }

  logsOf(name: string, index: number): Logs {
    const key = `${name}-${index}`;
    let logs = this.#logs.get(key);
    if (logs === undefined) {
      // Everybody has something to lose from the beginning.
      const { replicas } = this.cluster.partition(name, index);
      const endOffsets = new Map(replicas.map((id) => [id, COMMITTED_AT_FIRST]));
      this.#logs.set(key, (logs = { endOffsets, highWatermark: COMMITTED_AT_FIRST }));
    }
    return logs;
  }

  /** A broker's process has ended, and what was not on its disk yet is gone. */
  loseTails(brokerId: number): void {
    for (const { endOffsets } of this.#logs.values()) {
      endOffsets.set(brokerId, Math.floor((endOffsets.get(brokerId) ?? 0) / 2));
    }
  }

  #partitions(): (readonly [string, PartitionImage])[] {
    return TOPICS.flatMap((name) =>
      this.cluster
        .topicOf(name)
        .partitions.map((partition) => [`${name}-${partition.index}`, partition] as const),
    );
  }

  /** The high watermark goes as far as all in sync have come, if they are enough. */
  #follow(): void {
    for (const name of TOPICS) {
      for (const { index, leader, inSyncReplicas, replicas } of this.cluster.topicOf(name).partitions) {
        const logs = this.logsOf(name, index);
        if (
          leader === NO_LEADER ||
          inSyncReplicas.length < Math.min(this.minInSyncReplicas(name), replicas.length)
        )
          continue;
        const reached = Math.min(...inSyncReplicas.map((id) => logs.endOffsets.get(id) ?? 0));
        logs.highWatermark = Math.max(logs.highWatermark, reached);
      }
    }
  }

  minInSyncReplicas(name: string): number {
    return Number(this.cluster.image.configs.of(2, name).get(minInSync) ?? 1);
  }

  #check(before: ReadonlyMap<string, Before>): void {
    for (const [key, partition] of this.#partitions()) {
      const problem = this.#problemOf(key, partition) ?? this.#epochProblem(key, partition, before.get(key));
      if (problem === undefined) continue;
      throw new Error(`${key}: ${problem}: ${JSON.stringify(partition)}`);
    }
  }

  #problemOf(key: string, partition: PartitionImage): string | undefined {
    const { replicas, inSyncReplicas, eligibleLeaderReplicas, leader } = partition;
    const active = (id: number) => isActive(this.cluster.image.brokers.get(id));
    const members = [...inSyncReplicas, ...eligibleLeaderReplicas];
    if (!members.every((id) => replicas.includes(id))) return 'R7: somebody in sync has no replica';
    if (new Set(members).size !== members.length)
      return 'R7: somebody is in sync and eligible, or that twice';
    if (inSyncReplicas.length === 0 && !this.hasElr) return 'nobody is in sync';
    if (leader !== NO_LEADER && !inSyncReplicas.includes(leader)) return 'the leader is not in sync';
    if (leader !== NO_LEADER && !active(leader)) return 'the leader is not there';
    const [name] = key.split('-') as [string];
    const factor = this.cluster.partition(name).replicas.length;
    const isEnough = inSyncReplicas.length >= Math.min(this.minInSyncReplicas(name), factor);
    // Changes of the factor of partition 0 count for the others from their next change on.
    const isFactorSteady = factor === replicas.length;
    if (isEnough && isFactorSteady && eligibleLeaderReplicas.length > 0)
      return 'R7: somebody is eligible without need';
    // The last one stays, up or not, where nothing else tells who is complete.
    const isLastOne = !this.hasElr && leader === NO_LEADER && inSyncReplicas.length === 1;
    if (!isLastOne && !inSyncReplicas.every(active)) return 'R6: somebody in sync is not there';
    return undefined;
  }

  #epochProblem(key: string, partition: PartitionImage, before: Before | undefined): string | undefined {
    const { leader, leaderEpoch, partitionEpoch, leaderRecoveryState } = partition;
    const epochKey = `${key}@${leaderEpoch}`;
    const led = this.#leaders.get(epochKey);
    if (led !== undefined && led !== leader) return `R4: epoch ${leaderEpoch} was led by ${led}`;
    this.#leaders.set(epochKey, leader);
    if (before !== undefined) {
      const changes = this.#changesSince(key, before.recordCount);
      if (partitionEpoch !== before.partition.partitionEpoch + changes)
        return `${changes} changes of partition epoch ${before.partition.partitionEpoch}`;
      if (leader !== before.partition.leader && leaderEpoch <= before.partition.leaderEpoch)
        return 'a new leader in an old epoch';
      if (leaderEpoch > before.partition.leaderEpoch + changes || leaderEpoch < before.partition.leaderEpoch)
        return 'a leader epoch out of order';
    }
    if (before !== undefined) {
      const problem = reassignmentProblem(before.partition, partition);
      if (problem !== undefined) return problem;
    }
    if (leaderRecoveryState === LeaderRecoveryState.RECOVERING) this.#unclean.add(key);
    return this.#completenessProblem(key, leader);
  }

  /** Whoever leads without having been elected uncleanly has everything that was ever committed. */
  #completenessProblem(key: string, leader: number): string | undefined {
    const logs = this.#logs.get(key);
    if (logs === undefined || leader === NO_LEADER) return undefined;
    const endOffset = logs.endOffsets.get(leader) ?? 0;
    if (this.#unclean.delete(key)) logs.highWatermark = Math.min(logs.highWatermark, endOffset);
    return endOffset < logs.highWatermark
      ? `the leader ends at ${endOffset}, ${logs.highWatermark} were committed`
      : undefined;
  }

  #changesSince(key: string, recordCount: number): number {
    const [name, index] = key.split('-') as [string, string];
    const { id } = this.cluster.topicOf(name);
    return this.cluster.records.slice(recordCount).filter(({ type, data }) => {
      if (type === 'PartitionChange') return data.topicId === id && data.partitionId === Number(index);
      return false;
    }).length;
  }
}

function reassignmentProblem(old: PartitionImage, now: PartitionImage): string | undefined {
  if (old.replicas.some((id) => !now.replicas.includes(id)) && now.leaderEpoch === old.leaderEpoch) {
    return 'replicas were taken away, and the leader may not notice';
  }
  const added = now.replicas.filter((id) => old.addingReplicas.includes(id) || !old.replicas.includes(id));
  if (!isReassigned(now) && !added.every((id) => now.inSyncReplicas.includes(id))) {
    return 'a reassignment was completed before it was through';
  }
  return undefined;
}

const register = (model: ClusterModel, id: number, isClean: boolean): void => {
  const { cluster } = model;
  // Nobody has been heard of for long, so that the id can be taken again.
  cluster.wait(20_000);
  if (!isClean) model.loseTails(id);
  cluster.register(id, { previousBrokerEpoch: isClean ? (cluster.image.brokers.get(id)?.epoch ?? -1) : -1 });
};

/** What can happen. Whoever is asked for something impossible does nothing. */
const happenings = {
  fence: (model: ClusterModel, a: number) => {
    if (model.cluster.image.brokers.has(model.broker(a)))
      model.cluster.heartbeat(model.broker(a), { wantFence: true });
  },
  unfence: (model: ClusterModel, a: number) => {
    if (model.cluster.image.brokers.has(model.broker(a))) model.cluster.heartbeat(model.broker(a));
  },
  shutDown: (model: ClusterModel, a: number) => {
    if (model.cluster.image.brokers.has(model.broker(a)))
      model.cluster.heartbeat(model.broker(a), { wantShutDown: true });
  },
  restart: (model: ClusterModel, a: number) => register(model, model.broker(a), true),
  crash: (model: ClusterModel, a: number) => register(model, model.broker(a), !model.hasElr),
  unregister: ({ cluster, brokerIds }: ClusterModel, a: number) => {
    const id = brokerIds[a % brokerIds.length]!;
    if (cluster.image.brokers.size > 1 && cluster.image.brokers.has(id))
      cluster.run((state) => unregisterBroker(state, id));
  },
  expire: ({ cluster }: ClusterModel) => {
    cluster.wait(10_000);
    cluster.run(expireBroker);
  },
  failOver: ({ cluster }: ClusterModel) => cluster.failOver(),
  append: (model: ClusterModel, a: number) => {
    const { name, index, partition } = model.pick(a);
    const { endOffsets } = model.logsOf(name, index);
    const { leader } = partition;
    if (leader !== NO_LEADER) endOffsets.set(leader, (endOffsets.get(leader) ?? 0) + 3);
  },
  fetch: (model: ClusterModel, a: number, b: number) => {
    const { name, index, partition } = model.pick(a);
    const { endOffsets } = model.logsOf(name, index);
    const follower = partition.replicas[b % partition.replicas.length]!;
    if (partition.leader === NO_LEADER || !model.cluster.image.brokers.has(follower)) return;
    // To the end of the leader's log, by reading on or by being cut.
    endOffsets.set(follower, endOffsets.get(partition.leader) ?? 0);
  },
  alterIsr: (model: ClusterModel, a: number, b: number) => {
    const { name, index, partition } = model.pick(a);
    const { leader, replicas } = partition;
    if (leader === NO_LEADER) return;
    const { image } = model.cluster;
    const { endOffsets, highWatermark } = model.logsOf(name, index);
    const isPatient = b < 32;
    const mayJoin = (id: number) =>
      (endOffsets.get(id) ?? 0) >= highWatermark && (isActive(image.brokers.get(id)) || !isPatient);
    const isr = replicas.filter(
      (id, position) =>
        id === leader || (((b >> position) & 1) === 1 && image.brokers.has(id) && mayJoin(id)),
    );
    model.cluster.join(model.cluster.topicOf(name).id, index, isr);
  },
  reassign: (model: ClusterModel, a: number, b: number) => {
    const { name, index } = model.pick(a);
    const start = b % model.brokerIds.length;
    const count = 1 + (Math.floor(b / 7) % 3);
    const target = Array.from({ length: count }, (_, offset) => model.broker(start + offset));
    change(model, name, index, target);
  },
  cancel: (model: ClusterModel, a: number) => {
    const { name, index } = model.pick(a);
    change(model, name, index, null);
  },
  elect: ({ cluster }: ClusterModel, a: number) =>
    void cluster.run((state) => electLeaders(state, a % 8 === 0 ? 1 : 0, null)),
  balance: ({ cluster }: ClusterModel) => void cluster.run(balanceLeaders),
  electUncleanly: ({ cluster }: ClusterModel) => void cluster.run(electUncleanLeaders),
  changeMinIsr: ({ cluster }: ClusterModel, a: number, b: number) => {
    const resourceName = TOPICS[a % TOPICS.length]!;
    const changes = [{ name: minInSync, operation: ConfigOperation.SET, value: String(1 + (b % 3)) }];
    const alteration = { resourceType: 2, resourceName, changes, replacesAll: false };
    cluster.run((state) => alterConfigs(state, [alteration]));
  },
};

export const stepNames = Object.keys(happenings) as (keyof typeof happenings)[];

function change(
  { cluster }: ClusterModel,
  name: string,
  partitionIndex: number,
  replicas: number[] | null,
): void {
  const topics = [{ name, partitions: [{ partitionIndex, replicas }] }];
  cluster.run((state) => alterReassignments(state, { topics, allowReplicationFactorChange: true }));
}
