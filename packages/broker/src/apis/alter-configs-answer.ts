import { ErrorCode, type KafkaError } from '@millrace/protocol';
import type { ConfigResource } from './config-access.ts';

/** A resource, and what became of its alteration. */
interface AlteredConfig extends ConfigResource {
  readonly error?: KafkaError | undefined;
}

/** The answer to AlterConfigs and IncrementalAlterConfigs. */
export function alterConfigsAnswer(results: readonly AlteredConfig[]) {
  return {
    throttleTimeMs: 0,
    responses: results.map(({ resourceType, resourceName, error }) => ({
      errorCode: error?.errorCode ?? ErrorCode.NONE,
      errorMessage: error?.message ?? null,
      resourceType,
      resourceName,
    })),
  };
}

/** The same where the whole request has failed. */
export function alterConfigsFailure(error: KafkaError, resources: readonly ConfigResource[]) {
  return alterConfigsAnswer(
    resources.map(({ resourceType, resourceName }) => ({ resourceType, resourceName, error })),
  );
}
