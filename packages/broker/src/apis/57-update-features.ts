import { ApiKey, ErrorCode, KafkaError } from '@millrace/protocol';
import { UpdateFeaturesRequest, UpdateFeaturesResponse } from '@millrace/protocol/messages/update-features';
import { NotLeaderError } from '@millrace/replication';
import type { BrokerServices } from '../broker-services.ts';
import { updateFeatures, UpgradeType, type FeatureUpdate } from '../controller/update-features.ts';
import { KRAFT_VERSION_FEATURE } from '../metadata/features.ts';
import { requireAllowed } from './access.ts';
import { always, defineHandler } from './handler.ts';

const FIRST_WITH_UPGRADE_TYPE = 1;
/** From then on one error speaks for all features. */
const FIRST_WITHOUT_RESULTS = 2;

export const updateFeaturesHandler = defineHandler({
  key: ApiKey.UPDATE_FEATURES,
  minVersion: 0,
  maxVersion: 2,
  isForwarded: always,
  request: UpdateFeaturesRequest,
  response: UpdateFeaturesResponse,

  authorize: (_request, context) => requireAllowed(context, 'ALTER', 'CLUSTER'),

  async handle(request, { broker, version }) {
    const updates = wantedLevels(request, version);
    const { validateOnly } = request;
    const error = await setLevels(broker, updates, validateOnly);
    if (error !== undefined) {
      return { throttleTimeMs: 0, errorCode: error.errorCode, errorMessage: error.message, results: [] };
    }
    const results = updates.map(({ feature }) => ({
      feature,
      errorCode: ErrorCode.NONE,
      errorMessage: null,
    }));
    return {
      throttleTimeMs: 0,
      errorCode: ErrorCode.NONE,
      errorMessage: null,
      results: version < FIRST_WITHOUT_RESULTS ? results : [],
    };
  },

  fail: (error) => ({
    throttleTimeMs: 0,
    errorCode: error.errorCode,
    errorMessage: error.message,
    results: [],
  }),
});

/**
 * The level of `kraft.version` is set by the quorum, the others by the controller. Whether the quorum could is asked
 * first, so that all levels are set or none.
 */
async function setLevels(
  broker: BrokerServices,
  updates: readonly FeatureUpdate[],
  validateOnly: boolean,
): Promise<KafkaError | undefined> {
  const { quorum } = broker.cluster.metadata;
  const { kraftVersion } = quorum;
  const set = (isCheck: boolean) =>
    broker.controller.run((state) => updateFeatures(state, updates, { validateOnly: isCheck, kraftVersion }));
  const level = updates.find(({ feature }) => feature === KRAFT_VERSION_FEATURE)?.level;
  if (level === undefined) return set(validateOnly);
  const error = await set(true);
  if (error !== undefined) return error;
  try {
    await quorum.upgradeKraftVersion({ level, validateOnly: true });
    const unset = await set(validateOnly);
    if (unset === undefined && !validateOnly) {
      await quorum.upgradeKraftVersion({ level, validateOnly: false });
    }
    return unset;
  } catch (problem) {
    const isKafkaError = problem instanceof KafkaError;
    if (problem instanceof NotLeaderError || (isKafkaError && problem.code === 'NOT_LEADER_OR_FOLLOWER')) {
      throw new KafkaError('NOT_CONTROLLER', problem.message);
    }
    if (isKafkaError) return problem;
    throw problem;
  }
}

/** Version 0 can ask for a downgrade, but not say how safe it must be; Kafka refuses that, whatever it says. */
function wantedLevels({ featureUpdates }: UpdateFeaturesRequest, version: number): FeatureUpdate[] {
  return featureUpdates.map(({ feature, maxVersionLevel, upgradeType }) => ({
    feature,
    level: maxVersionLevel,
    upgradeType: version < FIRST_WITH_UPGRADE_TYPE ? UpgradeType.UPGRADE : upgradeType,
  }));
}
