import type { Host, Logger } from '@millrace/host';
import type { LogManager } from '@millrace/log';
import type { BrokerConfig } from '../config/broker-config.ts';
import { Controller } from '../controller/controller.ts';
import { readBootstrapRecords } from './bootstrap-records.ts';
import type { ClusterImage } from './cluster-image.ts';
import { checkFeatureLevels } from './features.ts';
import { emptyImage, ImageBuilder } from './image-builder.ts';
import { MetadataLoader, type MetadataLoaderOptions } from './metadata-loader.ts';
import { MetadataLog } from './metadata-log.ts';
import type { MetadataRecord } from './metadata-record.ts';
import { MetadataSnapshots } from './metadata-snapshots.ts';
import { readQuorumEpoch, writeQuorumState } from './quorum-state.ts';

export interface ClusterMetadataOptions {
  readonly host: Host;
  readonly nodeId: number;
  readonly logs: LogManager;
  readonly config: BrokerConfig;
  readonly logger: Logger;
  readonly controllerLogger: Logger;
  readonly publish: MetadataLoaderOptions['publish'];
  readonly onFault: MetadataLoaderOptions['onFault'];
}

interface Parts {
  readonly options: ClusterMetadataOptions;
  readonly log: MetadataLog;
  readonly snapshots: MetadataSnapshots;
  readonly loader: MetadataLoader;
  readonly bootstrap: readonly MetadataRecord[];
}

/** The metadata log of this node, what is read from it, and the controller that writes it while this node leads it. */
export class ClusterMetadata {
  readonly loader: MetadataLoader;
  readonly controller: Controller;
  readonly #parts: Parts;

  private constructor(parts: Parts) {
    const { options, log, loader } = parts;
    this.#parts = parts;
    this.loader = loader;
    this.controller = new Controller({
      log,
      loader,
      nodeId: options.nodeId,
      config: options.config,
      random: options.host.random.fork('controller'),
      monotonicMs: () => options.host.clock.monotonicMs(),
      nowMs: () => options.host.clock.nowMs(),
      logger: options.controllerLogger,
    });
  }

  /**
   * Loads the newest snapshot and replays the metadata log after it. Nothing is published yet.
   * @throws CorruptMetadataError, UnsupportedFeatureError
   */
  static async open(options: ClusterMetadataOptions): Promise<ClusterMetadata> {
    const { host, logs, logger } = options;
    const config = options.config.values;
    const log = await MetadataLog.open({ host, logs, segmentBytes: config['metadata.log.segment.bytes'] });
    const maxBytesBetween = config['metadata.log.max.record.bytes.between.snapshots'];
    const snapshots = new MetadataSnapshots({ host, logger, log, maxBytesBetween });
    const loader = new MetadataLoader({
      logger,
      publish: options.publish,
      onApplied: (image, sizeBytes) => snapshots.onCommitted(image, sizeBytes),
      onFault: options.onFault,
    });
    const snapshot = await snapshots.load();
    if (snapshot !== undefined) await loader.onSnapshot(snapshot);
    await log.deliverTo(loader);
    const { features } = loader.image;
    // Without feature levels nothing else can have been written: they are in the first batch of records.
    const bootstrap =
      features.size > 0 ? [] : await readBootstrapRecords(host.disk, logs.directories[0]!.path);
    checkFeatureLevels(features.size > 0 ? features : levelsIn(bootstrap));
    return new ClusterMetadata({ options, log, snapshots, loader, bootstrap });
  }

  /** Makes this node the leader of the metadata log and its controller the active one. */
  async lead(): Promise<void> {
    const { options, log, bootstrap } = this.#parts;
    const { host, nodeId } = options;
    const leading = log.lead(nodeId, await readQuorumEpoch(host.disk, log.directory));
    const noted = writeQuorumState(host.disk, log.directory, { nodeId, leaderEpoch: log.epoch });
    this.controller.activate(log.epoch, bootstrap);
    await Promise.all([leading, noted]);
  }

  /** Lets decisions and snapshots finish. */
  async close(): Promise<void> {
    await this.controller.settled();
    await this.#parts.snapshots.settled();
    this.loader.close();
  }
}

function levelsIn(records: readonly MetadataRecord[]): ClusterImage['features'] {
  const builder = new ImageBuilder(emptyImage);
  for (const record of records) builder.apply(record, 0, 0);
  return builder.build().features;
}
