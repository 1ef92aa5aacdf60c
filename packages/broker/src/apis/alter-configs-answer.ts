import { ErrorCode, type KafkaError } from '@millrace/protocol';
import type { ConfigResource } from './config-access.ts';

/** A resource, and what became of its alteration. */
interface AlteredConfig extends ConfigResource {
  readonly error?: KafkaError | undefined;
}

/** One item of an answer to AlterConfigs or IncrementalAlterConfigs. */
export interface AlterConfigsResult extends ConfigResource {
  readonly errorCode: number;
  readonly errorMessage: string | null;
}

/** How it went with one resource, as it is answered. */
export function alterResult({ resourceType, resourceName, error }: AlteredConfig): AlterConfigsResult {
  return {
    errorCode: error?.errorCode ?? ErrorCode.NONE,
    errorMessage: error?.message ?? null,
    resourceType,
    resourceName,
  };
}

/** The answer to AlterConfigs and IncrementalAlterConfigs where the whole request has failed. */
export function alterConfigsFailure(error: KafkaError, resources: readonly ConfigResource[]) {
  return {
    throttleTimeMs: 0,
    responses: resources.map(({ resourceType, resourceName }) =>
      alterResult({ resourceType, resourceName, error }),
    ),
  };
}
