import { ErrorCode } from '@millrace/protocol';
import { ApiVersionsRequest, ApiVersionsResponse } from '@millrace/protocol/messages/api-versions';
import { UpdateFeaturesRequest, UpdateFeaturesResponse } from '@millrace/protocol/messages/update-features';
import { defineApi } from '../cluster/api.ts';
import { kafkaFailure } from '../cluster/kafka-failure.ts';
import { attemptTimeoutMs, type AdminCallOptions, type AdminContext } from './admin-context.ts';
import { ItemsFailedError } from './items-failed-error.ts';
import { retryCall } from './retry-call.ts';

const API_VERSIONS = defineApi(ApiVersionsRequest, ApiVersionsResponse);
const UPDATE_FEATURES = defineApi(UpdateFeaturesRequest, UpdateFeaturesResponse);

/** The first version that names features. */
const FIRST_VERSION_WITH_FEATURES = 3;

/** Levels of a feature, both ends included. */
export interface LevelRange {
  readonly min: number;
  readonly max: number;
}

/** What the cluster runs, and what the broker that answered could run. */
export interface FeatureDescription {
  /** By name, for example `metadata.version`; a feature that is off is missing. */
  readonly finalized: ReadonlyMap<string, number>;
  /** Rises with each change; -1 where the broker does not know yet. */
  readonly finalizedEpoch: number;
  readonly supported: ReadonlyMap<string, LevelRange>;
}

/** A feature, and the level that the cluster is to run it at. */
export interface FeatureUpdate {
  readonly feature: string;
  /** 0 turns the feature off, which is a downgrade. */
  readonly level: number;
  /** `unsafe-downgrade` may lose metadata. Default `upgrade`. */
  readonly type?: 'upgrade' | 'safe-downgrade' | 'unsafe-downgrade';
}

/** For `updateFeatures()`. */
export interface UpdateFeaturesOptions extends AdminCallOptions {
  /** Default false. */
  readonly validateOnly?: boolean;
}

const upgradeTypes = { upgrade: 1, 'safe-downgrade': 2, 'unsafe-downgrade': 3 } as const;

export function describeFeatures(
  context: AdminContext,
  options: AdminCallOptions,
): Promise<FeatureDescription> {
  return retryCall(context, 'describeFeatures', options, async () => {
    const { response } = await context.cluster.send({
      to: 'any',
      api: API_VERSIONS,
      versions: { minVersion: FIRST_VERSION_WITH_FEATURES },
      message: { clientSoftwareName: 'millrace', clientSoftwareVersion: '0.1.0' },
    });
    if (response.errorCode !== ErrorCode.NONE) throw kafkaFailure(response.errorCode, 'ApiVersions');
    return {
      finalized: new Map(
        response.finalizedFeatures.map(({ name, maxVersionLevel }) => [name, maxVersionLevel]),
      ),
      finalizedEpoch: response.finalizedFeaturesEpoch,
      supported: new Map(
        response.supportedFeatures.map(({ name, minVersion, maxVersion }) => [
          name,
          { min: minVersion, max: maxVersion },
        ]),
      ),
    };
  });
}

export function updateFeatures(
  context: AdminContext,
  updates: readonly FeatureUpdate[],
  options: UpdateFeaturesOptions,
): Promise<void> {
  const timeoutMs = attemptTimeoutMs(context, options);
  return retryCall(context, 'updateFeatures', options, async () => {
    // Version 0 knows no kinds of downgrade.
    const message = (version: number) => ({
      timeoutMs,
      validateOnly: options.validateOnly ?? false,
      featureUpdates: updates.map(({ feature, level, type = 'upgrade' }) => ({
        feature,
        maxVersionLevel: level,
        ...(version === 0 ? { allowDowngrade: type !== 'upgrade' } : { upgradeType: upgradeTypes[type] }),
      })),
    });
    const { response } = await context.cluster.send({
      to: 'controller',
      api: UPDATE_FEATURES,
      message,
      timeoutMs,
    });
    throwFailures(response);
  });
}

/** Before version 2 each feature has its outcome, since then all share one. */
function throwFailures({ errorCode, errorMessage, results }: UpdateFeaturesResponse): void {
  if (errorCode !== ErrorCode.NONE) throw kafkaFailure(errorCode, 'UpdateFeatures', errorMessage);
  const updated = new Map<string, true>();
  const errors = new Map<string, Error>();
  for (const result of results) {
    if (result.errorCode === ErrorCode.NONE) updated.set(result.feature, true);
    else {
      const doing = `Changing the level of "${result.feature}"`;
      errors.set(result.feature, kafkaFailure(result.errorCode, doing, result.errorMessage));
    }
  }
  if (errors.size > 0) throw new ItemsFailedError('updateFeatures', updated, errors);
}
