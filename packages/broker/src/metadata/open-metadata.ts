import type { Host, Logger } from '@millrace/host';
import type { LogManager } from '@millrace/log';
import type { BrokerPropertyValues } from '../config/broker-properties.ts';
import { readBootstrapRecords } from './bootstrap-records.ts';
import type { ClusterImage } from './cluster-image.ts';
import { checkFeatureLevels } from './features.ts';
import { emptyImage, ImageBuilder, type ImageDelta } from './image-builder.ts';
import { MetadataLog } from './metadata-log.ts';
import type { MetadataRecord } from './metadata-record.ts';
import { MetadataSnapshots } from './metadata-snapshots.ts';
import { readQuorumEpoch } from './quorum-state.ts';

/** The cluster state as a start finds it. */
export interface OpenedMetadata {
  readonly log: MetadataLog;
  readonly snapshots: MetadataSnapshots;
  readonly image: ClusterImage;
  /** Everything in `image`, as a change from nothing. */
  readonly delta: ImageDelta;
  /** Records that are still to be written because the cluster is new; none otherwise. */
  readonly bootstrap: readonly MetadataRecord[];
  /** The log ends inside a transaction. */
  readonly hasOpenTransaction: boolean;
  /** The newest epoch of the quorum that was noted beside the log; -1 for none. */
  readonly quorumEpoch: number;
}

/**
 * Loads the newest snapshot and replays the metadata log after it.
 * @throws CorruptMetadataError, UnsupportedFeatureError
 */
export async function openMetadata(options: {
  readonly host: Host;
  readonly logger: Logger;
  readonly logs: LogManager;
  readonly config: BrokerPropertyValues;
}): Promise<OpenedMetadata> {
  const { host, logger, logs, config } = options;
  const log = await MetadataLog.open({ host, logs, segmentBytes: config['metadata.log.segment.bytes'] });
  const snapshots = new MetadataSnapshots({
    host,
    logger,
    log,
    maxBytesBetween: config['metadata.log.max.record.bytes.between.snapshots'],
  });
  const builder = new ImageBuilder(emptyImage);
  await log.replay(await snapshots.load(builder), builder);
  const image = builder.build();
  // Without feature levels nothing else can have been written: they are in the first batch of records.
  const bootstrap =
    image.features.size > 0 ? [] : await readBootstrapRecords(host.disk, logs.directories[0]!.path);
  checkFeatureLevels(image.features.size > 0 ? image.features : levelsIn(bootstrap));
  const { hasOpenTransaction } = builder;
  const quorumEpoch = await readQuorumEpoch(host.disk, log.directory);
  return { log, snapshots, image, delta: builder.delta(), bootstrap, hasOpenTransaction, quorumEpoch };
}

function levelsIn(records: readonly MetadataRecord[]): ReadonlyMap<string, number> {
  const builder = new ImageBuilder(emptyImage);
  for (const record of records) builder.apply(record, 0, 0);
  return builder.build().features;
}
