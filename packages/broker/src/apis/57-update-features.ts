import { ApiKey, ErrorCode } from '@millrace/protocol';
import { UpdateFeaturesRequest, UpdateFeaturesResponse } from '@millrace/protocol/messages/update-features';
import { updateFeatures, UpgradeType, type FeatureUpdate } from '../controller/update-features.ts';
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
    const { kraftVersion } = broker.cluster.metadata.quorum;
    const error = await broker.controller.run((state) =>
      updateFeatures(state, updates, { validateOnly, kraftVersion }),
    );
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

/** Version 0 can ask for a downgrade, but not say how safe it must be; Kafka refuses that, whatever it says. */
function wantedLevels({ featureUpdates }: UpdateFeaturesRequest, version: number): FeatureUpdate[] {
  return featureUpdates.map(({ feature, maxVersionLevel, upgradeType }) => ({
    feature,
    level: maxVersionLevel,
    upgradeType: version < FIRST_WITH_UPGRADE_TYPE ? UpgradeType.UPGRADE : upgradeType,
  }));
}
