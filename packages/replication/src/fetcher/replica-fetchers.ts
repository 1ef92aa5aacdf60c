import type { Host, Logger } from '@millrace/host';
import type { PeerChannels } from '../peer/peer-channels.ts';
import type { FetcherSettings } from './fetcher-settings.ts';
import type { FollowedPartition } from './followed-partition.ts';
import { ReplicaFetcher } from './replica-fetcher.ts';

/** For `ReplicaFetchers`. */
export interface ReplicaFetchersOptions {
  readonly host: Host;
  readonly logger: Logger;
  readonly nodeId: number;
  /** Of this node's registration; -1 before. */
  readonly brokerEpoch: () => number;
  /** To other nodes, for fetches alone. */
  readonly channels: PeerChannels;
  /** To other nodes, for requests that are answered at once. */
  readonly sideChannels: PeerChannels;
  readonly settings: () => FetcherSettings;
}

/** Follows leaders on other nodes, with one fetcher for each node. */
export class ReplicaFetchers {
  readonly #options: ReplicaFetchersOptions;
  readonly #byLeader = new Map<number, ReplicaFetcher>();

  constructor(options: ReplicaFetchersOptions) {
    this.#options = options;
  }

  /** Of all partitions; see `ReplicaFetcher`. */
  get maxLagRecords(): number {
    let max = 0;
    for (const { maxLagRecords } of this.#byLeader.values()) max = Math.max(max, maxLagRecords);
    return max;
  }

  /** Of the leader that is asked least often; 0 where nobody is followed. See `ReplicaFetcher`. */
  get minFetchesPerSec(): number {
    const rates = Array.from(this.#byLeader.values(), ({ fetchesPerSec }) => fetchesPerSec);
    return rates.length === 0 ? 0 : Math.min(...rates);
  }

  get failedPartitionCount(): number {
    let count = 0;
    for (const { failedPartitionCount } of this.#byLeader.values()) count += failedPartitionCount;
    return count;
  }

  follow(partition: FollowedPartition): void {
    const { leaderId } = partition;
    if (leaderId < 0) return;
    let fetcher = this.#byLeader.get(leaderId);
    if (fetcher === undefined) this.#byLeader.set(leaderId, (fetcher = this.#newFetcher(leaderId)));
    fetcher.add(partition);
  }

  /** Resolves when nothing touches the log any more. */
  async leave(partition: FollowedPartition): Promise<void> {
    await this.#byLeader.get(partition.leaderId)?.remove(partition);
  }

  async close(): Promise<void> {
    this.#options.channels.close();
    this.#options.sideChannels.close();
    await Promise.all([...this.#byLeader.values()].map((fetcher) => fetcher.close()));
  }

  #newFetcher(leaderId: number): ReplicaFetcher {
    const { channels, sideChannels, ...options } = this.#options;
    const channel = channels.to(leaderId);
    return new ReplicaFetcher({ ...options, leaderId, channel, sideChannel: sideChannels.to(leaderId) });
  }
}
