import type { ControllerRegistrationRequest } from '@millrace/protocol/messages/controller-registration';
import { RegisterControllerRecord } from '@millrace/protocol/messages/metadata-records';
import { CONTROLLER_REGISTRATION_VERSION, metadataVersionOf } from '../metadata/features.ts';
import { recordedEndpoints, recordedFeatures } from '../metadata/registration-fields.ts';
import type { ControllerResult, ControllerState } from './controller-operation.ts';
import { refuse } from './topic-request-error.ts';

/** Notes the addresses and features of a controller. @throws KafkaError UNSUPPORTED_VERSION */
export function registerController(
  { image }: ControllerState,
  { controllerId, incarnationId, listeners, features }: ControllerRegistrationRequest,
): ControllerResult<void> {
  if (metadataVersionOf(image) < CONTROLLER_REGISTRATION_VERSION) {
    throw refuse(
      'UNSUPPORTED_VERSION',
      'The current MetadataVersion is too old to support controller registrations.',
    );
  }
  const data = RegisterControllerRecord.create({
    controllerId,
    incarnationId,
    zkMigrationReady: false,
    endPoints: recordedEndpoints(listeners),
    features: recordedFeatures(features),
  });
  return { records: [{ type: 'RegisterController', data }], response: undefined };
}
