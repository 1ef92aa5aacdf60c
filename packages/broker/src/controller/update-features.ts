import { KafkaError } from '@millrace/protocol';
import { FeatureLevelRecord } from '@millrace/protocol/messages/metadata-records';
import { supportedFeatures } from '../metadata/features.ts';
import type { MetadataRecord } from '../metadata/metadata-record.ts';
import type { ControllerResult, ControllerState } from './controller-operation.ts';
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

const METADATA_VERSION_FEATURE = 'metadata.version';
/** Fixed voters: there is nothing to update, and Kafka says so by agreeing. */
const KRAFT_VERSION_FEATURE = 'kraft.version';

/** Sets levels of features (KIP-584, KIP-1022): all of them, or none and the first reason why. */
export function updateFeatures(
  { image }: ControllerState,
  updates: readonly FeatureUpdate[],
  validateOnly: boolean,
): ControllerResult<KafkaError | undefined> {
  const levels = new Map(image.features);
  const records: MetadataRecord[] = [];
  try {
    for (const update of updates) {
      const current = levels.get(update.feature) ?? 0;
      checkUpdate(update, current);
      if (update.level === current) continue;
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

function checkUpdate({ feature, level, upgradeType }: FeatureUpdate, current: number): void {
  if (feature === KRAFT_VERSION_FEATURE && level === 0) return;
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
    throw invalid(feature, level, 'records in the metadata log may need what is there now');
  }
}

function invalid(feature: string, level: number, problem: string): KafkaError {
  return refuse('INVALID_UPDATE_VERSION', `${feature} cannot be set to level ${level}: ${problem}`);
}
