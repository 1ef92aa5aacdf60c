import type { MetadataQuorum, QuorumStatus } from '@millrace/replication';
import type { Host } from '@millrace/host';
import type { LogManager } from '@millrace/log';
import type { FetchSessionCache } from '../fetch/fetch-session-cache.ts';
import type { GroupCoordinator } from '../group/group-coordinator.ts';
import type { ClusterImage } from '../metadata/cluster-image.ts';
import type { ClusterMetadata } from '../metadata/cluster-metadata.ts';
import type { PartitionReplication } from '../partitions/partition-replication.ts';
import type { PartitionRegistry } from '../partitions/partition-registry.ts';
import type { BrokerQuotas } from '../quota/broker-quotas.ts';
import type { SocketServer } from '../connection/socket-server.ts';
import type { TransactionCoordinator } from '../transaction/transaction-coordinator.ts';
import type { RequestMetrics } from './request-metrics.ts';
import type { ControllerCounts } from './controller-counts.ts';
import type { Traffic } from './topic-traffic.ts';

/** Kafka's numbers of what a broker is at. */
export const BrokerState = {
  STARTING: 1,
  RUNNING: 3,
  PENDING_CONTROLLED_SHUTDOWN: 6,
  SHUTTING_DOWN: 7,
} as const;

/** The parts of a broker that metrics are read from. */
export interface MetricSources {
  readonly host: Host;
  readonly nodeId: number;
  readonly state: number;
  readonly isActiveController: boolean;
  /** `undefined` while the metadata log is not open. */
  readonly controllerCounts: ControllerCounts | undefined;
  /** `undefined` while the metadata log is not open. */
  readonly quorum:
    | Pick<
        MetadataQuorum,
        'isLeader' | 'leader' | 'epoch' | 'voters' | 'highWatermark' | 'kraftVersion' | 'traffic' | 'status'
      >
    | undefined;
  /** `undefined` while the metadata log is not open. */
  readonly metadata: Pick<ClusterMetadata, 'loader' | 'controller' | 'snapshots'> | undefined;
  /** How often a part of the node could not follow a change of the cluster state. */
  readonly applyErrors: number;
  /** Whether the configuration of the node says who votes. */
  readonly hasFixedVoters: boolean;
  readonly image: ClusterImage;
  readonly traffic: Traffic;
  readonly requestMetrics: RequestMetrics;
  readonly server: SocketServer;
  readonly logs: LogManager;
  readonly partitions: PartitionRegistry;
  readonly replication: PartitionReplication;
  readonly fetchSessions: FetchSessionCache;
  readonly quotas: BrokerQuotas;
  readonly groups: GroupCoordinator;
  readonly transactions: TransactionCoordinator;
}

/** What is known at the moment of one scrape: the sources, and what is asked of them once for several metrics. */
export interface MetricSnapshot extends MetricSources {
  readonly nowMs: number;
  /** Of the wall clock, for the age of records. */
  readonly wallMs: number;
  readonly quorumStatus: QuorumStatus | undefined;
  /** Share of time in which the event loop had nothing to do, 0 to 1, since the scrape before. */
  readonly idleShare: number;
  readonly groupStates: readonly { readonly type: string; readonly state: string }[];
  readonly transactionStates: readonly string[];
  /** Bytes that the process has read from and written to disks; `undefined` where the system does not tell. */
  readonly diskBytes: { readonly read: number; readonly written: number } | undefined;
}

/** @param idleShare see `MetricSnapshot` */
export async function takeSnapshot(sources: MetricSources, idleShare: number): Promise<MetricSnapshot> {
  const { groups, transactions, host } = sources;
  const listed = await groups.listGroups();
  const ids = await transactions.list(everyTransaction);
  return {
    host,
    nodeId: sources.nodeId,
    state: sources.state,
    isActiveController: sources.isActiveController,
    controllerCounts: sources.controllerCounts,
    quorum: sources.quorum,
    quorumStatus: sources.quorum?.status(),
    metadata: sources.metadata,
    applyErrors: sources.applyErrors,
    hasFixedVoters: sources.hasFixedVoters,
    image: sources.image,
    traffic: sources.traffic,
    requestMetrics: sources.requestMetrics,
    server: sources.server,
    logs: sources.logs,
    partitions: sources.partitions,
    replication: sources.replication,
    fetchSessions: sources.fetchSessions,
    quotas: sources.quotas,
    groups,
    transactions,
    nowMs: host.clock.monotonicMs(),
    wallMs: host.clock.nowMs(),
    idleShare,
    groupStates: listed.groups.map(({ groupType, groupState }) => ({ type: groupType, state: groupState })),
    transactionStates: ids.transactions.map(({ transactionState }) => transactionState),
    diskBytes: await readDiskBytes(host),
  };
}

const everyTransaction = {
  api: 'list',
  states: new Set<string>(),
  producerIds: new Set<number>(),
  minDurationMs: -1,
  pattern: undefined,
} as const;

/** Linux counts them for each process. */
async function readDiskBytes({ disk }: Host): Promise<MetricSnapshot['diskBytes']> {
  try {
    const text = (await disk.readFile('/proc/self/io')).toString();
    const read = /^read_bytes: (\d+)$/m.exec(text)?.[1];
    const written = /^write_bytes: (\d+)$/m.exec(text)?.[1];
    return read === undefined || written === undefined
      ? undefined
      : { read: Number(read), written: Number(written) };
  } catch {
    return undefined;
  }
}
