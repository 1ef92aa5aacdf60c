import type { Cluster } from '../../cluster/cluster.ts';
import { Deadline } from '../../cluster/deadline.ts';
import type { Assignor, MemberSubscription } from '../assignors/assignor.ts';
import type { JoinedMember } from './membership-protocol.ts';
import { readSubscription, writeAssignment } from './subscription-bytes.ts';

/**
 * What the leader of a group does: runs the assignor over everybody's subscriptions, and watches the topics of the
 * whole group for changes that need a new assignment.
 */
export class LeaderAssignment {
  readonly #cluster: Cluster;
  #partitionCounts: ReadonlyMap<string, number> = new Map();
  /** Of all partitions, as text; empty where nobody in the group asks for them. */
  #racks = '';
  #isRackAware = false;
  readonly #rackOfBroker = new Map<number, string | null>();
  #topics: ReadonlySet<string> = new Set();

  constructor(cluster: Cluster) {
    this.#cluster = cluster;
  }

  /** Topics of all members, as of the last assignment. */
  get topics(): ReadonlySet<string> {
    return this.#topics;
  }

  /** Assignments by member id, as bytes for SyncGroup. */
  async compute(assignor: Assignor, members: readonly JoinedMember[]): Promise<Map<string, Buffer>> {
    const subscriptions = members.map((member) => this.#read(member));
    this.#topics = new Set(subscriptions.flatMap(({ topics }) => topics));
    await this.#ensureMetadata();
    this.#partitionCounts = this.#countPartitions();
    this.#isRackAware = subscriptions.some(({ rackId }) => rackId !== null && rackId !== '');
    this.#racks = this.#rackText();
    const racks = this.#isRackAware
      ? { racksOf: (topic: string, partition: number) => this.#racksOf(topic, partition) }
      : undefined;
    const assignment = await assignor.assign(this.#partitionCounts, subscriptions, racks);
    return new Map([...assignment].map(([memberId, partitions]) => [memberId, writeAssignment(partitions)]));
  }

  /** Whether topics came, went, or changed their partitions or the racks of those since the assignment was computed. */
  get isOutdated(): boolean {
    const now = this.#countPartitions();
    if (now.size !== this.#partitionCounts.size) return true;
    if ([...now].some(([topic, count]) => this.#partitionCounts.get(topic) !== count)) return true;
    return this.#rackText() !== this.#racks;
  }

  /** A broker that is down is missing from the metadata, and where it was: its replicas have not moved for that. */
  #racksOf(topic: string, partition: number): string[] {
    const replicas = this.#cluster.metadata.partition(topic, partition)?.replicas ?? [];
    return replicas.flatMap((id) => {
      const broker = this.#cluster.metadata.broker(id);
      if (broker !== undefined) this.#rackOfBroker.set(id, broker.rack);
      return this.#rackOfBroker.get(id) ?? [];
    });
  }

  #rackText(): string {
    if (!this.#isRackAware) return '';
    return JSON.stringify(
      [...this.#partitionCounts].map(([topic, count]) =>
        Array.from({ length: count }, (_, partition) => this.#racksOf(topic, partition).toSorted()),
      ),
    );
  }

  #countPartitions(): Map<string, number> {
    const counts = new Map<string, number>();
    for (const topic of this.#topics) {
      const count = this.#cluster.metadata.topic(topic)?.partitions.length ?? 0;
      if (count > 0) counts.set(topic, count);
    }
    return counts;
  }

  /** The leader may be asked to assign topics that it does not read itself. */
  async #ensureMetadata(): Promise<void> {
    const unknown = [...this.#topics].filter((topic) => this.#cluster.metadata.topic(topic) === undefined);
    for (const topic of this.#topics) this.#cluster.refresher.track(topic);
    if (unknown.length === 0) return;
    const deadline = new Deadline(this.#cluster.host, this.#cluster.settings.requestTimeoutMs);
    try {
      await deadline.race(this.#cluster.refresher.refresh(), () => new Error('no metadata'));
    } catch {
      // Assigning what is known beats stopping the group; the rest is assigned when its metadata arrives.
      this.#cluster.logger.warn('assigning without metadata of some topics', { topics: unknown });
    }
  }

  /** A member whose bytes nobody understands gets nothing, instead of stopping the group. */
  #read(member: JoinedMember): MemberSubscription {
    try {
      return readSubscription(member.metadata, member);
    } catch (error) {
      const { memberId, groupInstanceId } = member;
      this.#cluster.logger.error('unreadable subscription, member gets no partitions', { memberId, error });
      return {
        memberId,
        groupInstanceId,
        topics: [],
        userData: null,
        ownedPartitions: [],
        generationId: -1,
        rackId: null,
      };
    }
  }
}
