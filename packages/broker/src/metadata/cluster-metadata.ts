import type { Host, Logger } from '@millrace/host';
import type { LogManager, PartitionLog } from '@millrace/log';
import {
  METADATA_TOPIC,
  METADATA_TOPIC_ID,
  MetadataQuorum,
  metadataLogConfig,
  VoterSet,
  type PeerSecurity,
  type QuorumLeader,
  type VoterEndpoint,
} from '@millrace/replication';
import { BrokerWatch } from '../cluster/broker-watch.ts';
import type { BrokerConfig } from '../config/broker-config.ts';
import type { ClusterPlan } from '../config/cluster-plan.ts';
import { ControllerDuties } from '../controller/controller-duties.ts';
import { Controller } from '../controller/controller.ts';
import { ControllerCounts } from '../metrics/controller-counts.ts';
import { expireEndedBroker } from '../controller/expire-broker.ts';
import { invariant } from '../errors.ts';
import { readBootstrapRecords } from './bootstrap-records.ts';
import type { ClusterImage } from './cluster-image.ts';
import { checkFeatureLevels } from './features.ts';
import { emptyImage, ImageBuilder } from './image-builder.ts';
import { MetadataLoader, type MetadataLoaderOptions } from './metadata-loader.ts';
import type { MetadataRecord } from './metadata-record.ts';
import { VoterCheck } from './voter-check.ts';
import { imageOfSnapshot, MetadataSnapshots } from './metadata-snapshots.ts';

export interface ClusterMetadataOptions {
  readonly host: Host;
  readonly nodeId: number;
  readonly clusterId: string;
  readonly logs: LogManager;
  readonly config: BrokerConfig;
  readonly plan: ClusterPlan;
  /** Where others reach the controller listeners of this node. */
  readonly endpoints: () => readonly VoterEndpoint[];
  /** How to speak to those of other nodes. */
  readonly security: PeerSecurity;
  /** How to speak to the listeners between brokers. */
  readonly brokerSecurity: PeerSecurity;
  readonly logger: Logger;
  readonly quorumLogger: Logger;
  readonly controllerLogger: Logger;
  readonly publish: MetadataLoaderOptions['publish'];
  /** This node cannot go on. */
  readonly onFault: (error: Error) => void;
  /** After the controller of this node was told. */
  readonly onLeaderChange: (leader: QuorumLeader) => void;
}

/**
 * What this node knows of its cluster, and how: its part in the quorum of the metadata log, what is read from that log,
 * and the controller, which writes it while this node leads.
 */
export class ClusterMetadata {
  readonly quorum: MetadataQuorum;
  readonly loader: MetadataLoader;
  readonly controller: Controller;
  readonly counts: ControllerCounts;
  readonly snapshots: MetadataSnapshots;
  readonly #duties: ControllerDuties;
  readonly #watch: BrokerWatch;

  private constructor(parts: {
    readonly quorum: MetadataQuorum;
    readonly loader: MetadataLoader;
    readonly controller: Controller;
    readonly counts: ControllerCounts;
    readonly duties: ControllerDuties;
    readonly snapshots: MetadataSnapshots;
    readonly watch: BrokerWatch;
  }) {
    this.quorum = parts.quorum;
    this.loader = parts.loader;
    this.controller = parts.controller;
    this.counts = parts.counts;
    this.#duties = parts.duties;
    this.snapshots = parts.snapshots;
    this.#watch = parts.watch;
  }

  /**
   * Opens the metadata log. Nothing is read from it, and nobody is asked, until `start`.
   * @throws CorruptMetadataError, UnsupportedFeatureError, QuorumStateError
   */
  static async open(options: ClusterMetadataOptions): Promise<ClusterMetadata> {
    const { host, logger, nodeId, config, plan } = options;
    const bootstrap = await bootstrapOf(options);
    // What is opened first needs what is opened last.
    let controller: Controller | undefined;
    let duties: ControllerDuties | undefined;
    let snapshots: MetadataSnapshots | undefined;
    let watch: BrokerWatch | undefined;
    const counts = new ControllerCounts();
    const loader = new MetadataLoader({
      logger,
      publish: options.publish,
      onApplied: (image, sizeBytes) => {
        snapshots?.onApplied(image, sizeBytes);
        watch?.update(image);
      },
      onChange: (before, image, delta) => counts.onImage(before, image, delta),
      onFault: options.onFault,
    });
    const voterCheck = VoterCheck.of(plan, {
      nodeId,
      onDisagreement: options.onFault,
      areFixed: () => quorum.kraftVersion === 0,
    });
    const quorum: MetadataQuorum = await openQuorum(options, {
      onCommitted: (batches) => {
        voterCheck?.onCommitted(batches);
        return loader.onCommitted(batches);
      },
      onSnapshot: (snapshot) => loader.onSnapshot(() => imageOfSnapshot(snapshot)),
      onLeaderChange: (leader) => {
        if (leader.leaderId >= 0) counts.newActiveControllers++;
        if (leader.leaderId === nodeId) {
          controller?.activate(leader.epoch, bootstrap);
          duties?.start();
          watch?.start(loader.image);
        } else {
          duties?.stop();
          watch?.stop();
          controller?.deactivate();
        }
        voterCheck?.onLeaderChange(leader);
        options.onLeaderChange(leader);
      },
    });
    const onFailed = (error: Error): void => {
      controller?.fail(error);
      options.onFault(error);
    };
    void quorum.failed.then(onFailed);
    const running = controllerOf(options, quorum, loader);
    controller = running;
    duties = new ControllerDuties({
      timers: host.timers,
      logger: options.controllerLogger,
      config,
      run: (operation) => running.run(operation, 'committed'),
      onExpired: () => counts.timedOutHeartbeats++,
      isAlone: plan.isAlone,
    });
    watch = watchOver(options, running);
    snapshots = new MetadataSnapshots({
      host,
      logger,
      quorum,
      maxBytesBetween: config.values['metadata.log.max.record.bytes.between.snapshots'],
      maxIntervalMs: config.values['metadata.log.max.snapshot.interval.ms'],
    });
    return new ClusterMetadata({ quorum, loader, controller, counts, duties, snapshots, watch });
  }

  /** Takes part in the quorum, and loads what is committed. Nothing is published until the loader is released. */
  start(): void {
    this.quorum.start();
  }

  /** Lets others lead the quorum, if there are any, without waiting for their time-outs. */
  async resign(): Promise<void> {
    if (this.quorum.isLeader && this.quorum.voters.size > 1) await this.quorum.resign();
  }

  /** Lets decisions and snapshots finish, and leaves the quorum. */
  async close(): Promise<void> {
    this.#duties.stop();
    this.#watch.stop();
    // With others it is not up to this node whether what was decided becomes committed.
    if (this.quorum.voters.size <= 1) await this.controller.settled();
    await this.snapshots.settled();
    await this.quorum.close();
    this.loader.close();
  }
}

function watchOver(options: ClusterMetadataOptions, controller: Controller): BrokerWatch {
  const { host, nodeId, plan, brokerSecurity, controllerLogger } = options;
  return new BrokerWatch({
    host,
    logger: controllerLogger,
    nodeId,
    security: brokerSecurity,
    addressOf: ({ endpoints }) => endpoints.get(plan.interBrokerListener ?? ''),
    onGone: ({ id, epoch }) => controller.run(expireEndedBroker(id, epoch), 'committed'),
  });
}

/** What a new cluster begins with. @throws CorruptMetadataError, UnsupportedFeatureError */
async function bootstrapOf({ host, logs, plan }: ClusterMetadataOptions): Promise<readonly MetadataRecord[]> {
  if (!plan.isController) return [];
  const records = await readBootstrapRecords(host.disk, logs.metadataDirectory!.path);
  checkFeatureLevels(levelsIn(records));
  return records;
}

function controllerOf(
  { host, nodeId, config, controllerLogger }: ClusterMetadataOptions,
  quorum: MetadataQuorum,
  loader: MetadataLoader,
): Controller {
  return new Controller({
    log: quorum,
    loader,
    nodeId,
    config,
    random: host.random.fork('controller'),
    monotonicMs: () => host.clock.monotonicMs(),
    nowMs: () => host.clock.nowMs(),
    logger: controllerLogger,
  });
}

async function openQuorum(
  options: ClusterMetadataOptions,
  listener: Parameters<typeof MetadataQuorum.open>[0]['listener'],
): Promise<MetadataQuorum> {
  const { host, logs, plan, config, nodeId, clusterId } = options;
  const directoryId = logs.metadataDirectory?.meta?.directoryId;
  invariant(directoryId !== undefined, 'the directory of the metadata log has no id');
  const voters = staticVoters(plan, nodeId);
  return MetadataQuorum.open({
    host,
    logger: options.quorumLogger,
    log: await openLog(logs, directoryId, config.values['metadata.log.segment.bytes']),
    nodeId,
    directoryId,
    clusterId,
    ...(voters === undefined ? {} : { staticVoters: voters }),
    bootstrapServers: plan.bootstrapServers,
    isController: plan.isController,
    endpoints: options.endpoints,
    settings: config.values,
    peers: { clientId: `raft-client-${nodeId}`, security: options.security },
    listener,
  });
}

function staticVoters(
  { isAlone, voters, controllerListener }: ClusterPlan,
  nodeId: number,
): VoterSet | undefined {
  if (isAlone) return VoterSet.alone(nodeId);
  if (voters.size === 0) return undefined;
  const entries = [...voters].map(
    ([id, { host, port }]) => `${id}@${host.includes(':') ? `[${host}]` : host}:${port}`,
  );
  return VoterSet.parse(entries.join(','), controllerListener!);
}

async function openLog(logs: LogManager, directoryId: string, segmentBytes: number): Promise<PartitionLog> {
  const config = metadataLogConfig(segmentBytes);
  const existing = logs.get(METADATA_TOPIC, 0);
  existing?.updateConfig(config);
  if (existing !== undefined) return existing;
  const partition = { topic: METADATA_TOPIC, partition: 0, topicId: METADATA_TOPIC_ID, config };
  return await logs.create(partition, { directoryId });
}

function levelsIn(records: readonly MetadataRecord[]): ClusterImage['features'] {
  const builder = new ImageBuilder(emptyImage);
  for (const record of records) builder.apply(record, 0, 0);
  return builder.build().features;
}
