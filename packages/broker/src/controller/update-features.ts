import { KafkaError } from '@millrace/protocol';
import { ConfigRecord, FeatureLevelRecord } from '@millrace/protocol/messages/metadata-records';
import { ConfigResourceType, type ClusterImage } from '../metadata/cluster-image.ts';
import {
  ELR_METADATA_VERSION,
  ELR_VERSION_FEATURE,
  isMetadataLostBetween,
  KRAFT_METADATA_VERSION,
  KRAFT_VERSION_FEATURE,
  kraftVersionFeature,
  METADATA_VERSION_FEATURE,
  supportedFeatures,
} from '../metadata/features.ts';
import type { MetadataRecord } from '../metadata/metadata-record.ts';
import type { ControllerResult, ControllerState } from './controller-operation.ts';
import { forgetEligible } from './forget-eligible.ts';
import { refuse } from './topic-request-error.ts';

/** Kafka's numbers of the ways a level may go. */
export const UpgradeType = { UPGRADE: 1, SAFE_DOWNGRADE: 2, UNSAFE_DOWNGRADE: 3 } as const;

/** The level a feature shall have. */
export interface FeatureUpdate {
  readonly feature: string;
  readonly level: number;
  /** One of `UpgradeType`. */
  readonly upgradeType: number;
}

export interface UpdateFeaturesOptions {
  readonly validateOnly: boolean;
  /** The level of `kraft.version`, which is kept by the quorum. Default 0. */
  readonly kraftVersion?: number;
}

/**
 * Sets levels of features (KIP-584, KIP-1022): all of them, or none and the first reason why. That of `kraft.version` is
 * only checked: the quorum keeps it.
 */
export function updateFeatures(
  state: ControllerState,
  updates: readonly FeatureUpdate[],
  { validateOnly, kraftVersion = 0 }: UpdateFeaturesOptions,
): ControllerResult<KafkaError | undefined> {
  const { image } = state;
  const levels = new Map(image.features);
  const records: MetadataRecord[] = [];
  try {
    for (const update of updates) {
      if (update.feature === KRAFT_VERSION_FEATURE) {
        checkKraftVersion(update, kraftVersion);
        if (update.level === kraftVersion) continue;
        checkNodes(image, update);
        checkDependency(update, KRAFT_METADATA_VERSION, levels);
        continue;
      }
      const current = levels.get(update.feature) ?? 0;
      checkUpdate(update, current);
      if (update.level === current) continue;
      checkNodes(image, update);
      if (update.feature === ELR_VERSION_FEATURE) records.push(...recordsBeforeElr(state, update, levels));
      levels.set(update.feature, update.level);
      const data = FeatureLevelRecord.create({ name: update.feature, featureLevel: update.level });
      records.push({ type: 'FeatureLevel', data });
    }
  } catch (error) {
    if (!(error instanceof KafkaError)) throw error;
    return { records: [], response: error };
  }
  return { records: validateOnly ? [] : records, response: undefined };
}

/** It only goes up. Where it is that already there is nothing to do, and Kafka agrees, too. */
function checkKraftVersion({ feature, level, upgradeType }: FeatureUpdate, current: number): void {
  if (level === current) return;
  const { minVersion, maxVersion } = kraftVersionFeature;
  if (level < minVersion || level > maxVersion) {
    throw invalid(feature, level, `levels ${minVersion} to ${maxVersion} are supported`);
  }
  if (level < current) throw invalid(feature, level, 'voters that are in the metadata log stay there');
  if (upgradeType !== UpgradeType.UPGRADE) {
    throw invalid(feature, level, `it is at ${current}, so that this would be an upgrade`);
  }
}

function checkUpdate({ feature, level, upgradeType }: FeatureUpdate, current: number): void {
  const range = supportedFeatures.find(({ name }) => name === feature);
  if (range === undefined) throw invalid(feature, level, 'no such feature is known here');
  if (level < range.minVersion || level > range.maxVersion) {
    throw invalid(feature, level, `levels ${range.minVersion} to ${range.maxVersion} are supported`);
  }
  const isDowngradeAllowed =
    upgradeType === UpgradeType.SAFE_DOWNGRADE || upgradeType === UpgradeType.UNSAFE_DOWNGRADE;
  if (upgradeType !== UpgradeType.UPGRADE && !isDowngradeAllowed) {
    throw invalid(feature, level, `upgrade type ${upgradeType} is unknown`);
  }
  if (level > current && isDowngradeAllowed) {
    throw invalid(feature, level, `it is at ${current}, so that this would be an upgrade`);
  }
  if (level < current && !isDowngradeAllowed) {
    throw invalid(feature, level, `it is at ${current}; say that a downgrade is meant`);
  }
  if (level < current && feature === METADATA_VERSION_FEATURE) {
    checkMetadataDowngrade(level, current, upgradeType);
  }
}

/** Between some levels nothing has changed in the metadata log; where something has, there is no way back. */
function checkMetadataDowngrade(level: number, current: number, upgradeType: number): void {
  if (!isMetadataLostBetween(level, current)) return;
  throw invalid(
    METADATA_VERSION_FEATURE,
    level,
    upgradeType === UpgradeType.UNSAFE_DOWNGRADE
      ? 'unsafe downgrades of it are not supported'
      : 'records in the metadata log may need what is there now',
  );
}

/** Whoever is in the cluster must be able to do what it is upgraded to. */
function checkNodes({ brokers, controllers }: ClusterImage, { feature, level }: FeatureUpdate): void {
  const nodes = [
    ...Array.from(brokers.values(), (node) => ({ ...node, kind: 'Broker' })),
    ...Array.from(controllers.values(), (node) => ({ ...node, kind: 'Controller' })),
  ];
  for (const { kind, id, features } of nodes) {
    const range = features.find(({ name }) => name === feature);
    if (range === undefined && level > 0) {
      throw invalid(feature, level, `${kind} ${id} does not support this feature`);
    }
    if (range !== undefined && (level < range.minVersion || level > range.maxVersion)) {
      throw invalid(
        feature,
        level,
        `${kind} ${id} only supports versions ${range.minVersion}-${range.maxVersion}`,
      );
    }
  }
}

function checkDependency(
  { feature, level }: FeatureUpdate,
  needed: number,
  levels: ReadonlyMap<string, number>,
): void {
  if ((levels.get(METADATA_VERSION_FEATURE) ?? 0) >= needed) return;
  throw invalid(feature, level, `it depends on ${METADATA_VERSION_FEATURE} level ${needed}`);
}

/** What has to be so when eligible replicas are turned on or off. */
function recordsBeforeElr(
  state: ControllerState,
  update: FeatureUpdate,
  levels: ReadonlyMap<string, number>,
): MetadataRecord[] {
  if (update.level === 0) return forgetEligible(state, ['']);
  checkDependency(update, ELR_METADATA_VERSION, levels);
  return minInSyncReplicasForElr(state);
}

/** Eligible replicas need a `min.insync.replicas` that is the same for all brokers, and stays. */
function minInSyncReplicasForElr({ image: { configs }, config }: ControllerState): MetadataRecord[] {
  const name = 'min.insync.replicas';
  const { BROKER: resourceType } = ConfigResourceType;
  const record = (resourceName: string, value: string | null): MetadataRecord => ({
    type: 'Config',
    data: ConfigRecord.create({ resourceType, resourceName, name, value }),
  });
  const records = configs.of(resourceType, '').has(name) ? [] : [record('', String(config.values[name]))];
  for (const { resourceType: type, resourceName, overrides } of configs.entries()) {
    if (type === resourceType && resourceName !== '' && overrides.has(name))
      records.push(record(resourceName, null));
  }
  return records;
}

function invalid(feature: string, level: number, problem: string): KafkaError {
  return refuse('INVALID_UPDATE_VERSION', `${feature} cannot be set to level ${level}: ${problem}`);
}
