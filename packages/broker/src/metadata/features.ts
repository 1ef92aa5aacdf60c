import { MAX_KRAFT_VERSION } from '@millrace/replication';
import { UnsupportedFeatureError } from '../errors.ts';
import type { ClusterImage, FeatureRange } from './cluster-image.ts';

export const METADATA_VERSION_FEATURE = 'metadata.version';

/** The lowest metadata.version there is, 3.3-IV3. */
const MIN_METADATA_VERSION = 7;

/**
 * The level of metadata.version that a new cluster is formatted with: 4.3-IV0. It is the highest one whose records and
 * behaviour are implemented, too, since a level is a promise (`docs/decisions/0011`).
 */
export const METADATA_VERSION = 30;

/** Levels that brought records or fields that what is below does not know: nobody goes back across them. */
const levelsWithNewRecords: readonly number[] = [7, 8, 11, 13, 14, 15, 17, 23, 30];

/** May the metadata log hold what somebody at the lower level would not understand? */
export function isMetadataLostBetween(lower: number, higher: number): boolean {
  return levelsWithNewRecords.some((level) => level > lower && level <= higher);
}

/** Which generation of transactions clients may speak (KIP-890); at 2 every end of a transaction raises the epoch. */
export const TRANSACTION_VERSION_FEATURE = 'transaction.version';
export const TRANSACTION_VERSION = 2;

/** Whether there are consumer groups with assignment by the broker (KIP-848). */
export const GROUP_VERSION_FEATURE = 'group.version';
export const GROUP_VERSION = 1;

/** Whether there are share groups (KIP-932). */
export const SHARE_VERSION_FEATURE = 'share.version';
export const SHARE_VERSION = 1;

/** Whether there are streams groups (KIP-1071). */
export const STREAMS_VERSION_FEATURE = 'streams.version';
export const STREAMS_VERSION = 1;

/** Whether replicas that left an ISR may be known to be complete (KIP-966). */
export const ELR_VERSION_FEATURE = 'eligible.leader.replicas.version';
export const ELR_VERSION = 1;
/** The level of metadata.version (4.0-IV1) that it needs. */
export const ELR_METADATA_VERSION = 23;

export function isElrEnabled({ features }: Pick<ClusterImage, 'features'>): boolean {
  return (features.get(ELR_VERSION_FEATURE) ?? 0) > 0;
}

/** The level of metadata.version (3.6-IV0) from which a smaller ISR does not begin a new leader epoch. */
export const NO_EPOCH_FOR_SHRINK_VERSION = 12;

/** The level of metadata.version (3.7-IV0) from which controllers register themselves. */
export const CONTROLLER_REGISTRATION_VERSION = 15;

/** The level of metadata.version (3.7-IV2) from which it is noted in which directories replicas are (KIP-858). */
export const DIRECTORY_ASSIGNMENT_VERSION = 17;

/** The level of metadata.version (4.3-IV0) from which brokers may have directories that take no new replicas (KIP-1066). */
const CORDONED_DIRECTORIES_VERSION = 30;

export function hasCordonedDirectories(image: Pick<ClusterImage, 'features'>): boolean {
  return metadataVersionOf(image) >= CORDONED_DIRECTORIES_VERSION;
}

/** The level a cluster is at, which has one from its first record on. */
export function metadataVersionOf({ features }: Pick<ClusterImage, 'features'>): number {
  return features.get(METADATA_VERSION_FEATURE) ?? METADATA_VERSION;
}

/** Features with the levels this version implements; a feature at level 0 only is left out. */
export const supportedFeatures: readonly FeatureRange[] = [
  { name: METADATA_VERSION_FEATURE, minVersion: MIN_METADATA_VERSION, maxVersion: METADATA_VERSION },
  { name: TRANSACTION_VERSION_FEATURE, minVersion: 0, maxVersion: TRANSACTION_VERSION },
  { name: GROUP_VERSION_FEATURE, minVersion: 0, maxVersion: GROUP_VERSION },
  { name: SHARE_VERSION_FEATURE, minVersion: 0, maxVersion: SHARE_VERSION },
  { name: STREAMS_VERSION_FEATURE, minVersion: 0, maxVersion: STREAMS_VERSION },
  { name: ELR_VERSION_FEATURE, minVersion: 0, maxVersion: ELR_VERSION },
];

/** How voters are kept (KIP-853). Its level is in control records of the quorum, not among the finalized ones. */
export const KRAFT_VERSION_FEATURE = 'kraft.version';
/** The level of metadata.version (3.9-IV0) that its level 1 needs. */
export const KRAFT_METADATA_VERSION = 21;
export const kraftVersionFeature: FeatureRange = {
  name: KRAFT_VERSION_FEATURE,
  minVersion: 0,
  maxVersion: MAX_KRAFT_VERSION,
};

/** Refuses a cluster state that newer software has written. @throws UnsupportedFeatureError */
export function checkFeatureLevels(levels: ReadonlyMap<string, number>): void {
  for (const [name, level] of levels) {
    const range = supportedFeatures.find((feature) => feature.name === name);
    if (range === undefined || level < range.minVersion || level > range.maxVersion) {
      throw new UnsupportedFeatureError(name, level, range);
    }
  }
}
