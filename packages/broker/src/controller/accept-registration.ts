import { KafkaError } from '@millrace/protocol';
import type {
  BrokerRegistrationRequest,
  BrokerRegistrationRequestFeature,
} from '@millrace/protocol/messages/broker-registration';
import { RegisterBrokerRecord } from '@millrace/protocol/messages/metadata-records';
import type { BrokerImage, ClusterImage } from '../metadata/cluster-image.ts';
import { recordedEndpoints, recordedFeatures } from '../metadata/registration-fields.ts';
import { isReservedDirectory } from '../metadata/reserved-ids.ts';
import { removeIncarnation } from './broker-transitions.ts';
import type { ControllerResult, ControllerState } from './controller-operation.ts';
import { refuse } from './topic-request-error.ts';

export interface RegistrationOptions {
  /** Of this cluster. */
  readonly clusterId: string;
  /** The broker is in the process of the controller: its former incarnation cannot be alive. Default false. */
  readonly isOwn?: boolean;
}

/**
 * Lets a broker into the cluster, fenced until it has caught up. A new incarnation gets a new broker epoch, the offset
 * of its RegisterBroker record; the same one keeps what it has. A former incarnation leaves all ISRs first: nothing it
 * had in memory is there any more.
 * @returns the broker epoch
 * @throws KafkaError INCONSISTENT_CLUSTER_ID, DUPLICATE_BROKER_REGISTRATION, INVALID_REGISTRATION, UNSUPPORTED_VERSION
 */
export function acceptRegistration(
  state: ControllerState,
  request: BrokerRegistrationRequest,
  { clusterId, isOwn = false }: RegistrationOptions,
): ControllerResult<number> {
  const { image, liveness, nextOffset } = state;
  const { brokerId, incarnationId, previousBrokerEpoch } = request;
  if (request.clusterId !== clusterId) {
    throw refuse(
      'INCONSISTENT_CLUSTER_ID',
      `Expected cluster ID ${clusterId}, but got cluster ID ${request.clusterId}`,
    );
  }
  const existing = image.brokers.get(brokerId);
  if (!isOwn) checkIncarnation(state, existing, request);
  checkDirectories(image, request);
  checkFeatures(image, request.features);
  if (existing?.incarnationId === incarnationId) {
    return { records: [registration(request, existing.epoch, existing)], response: existing.epoch };
  }
  const isClean = existing !== undefined && previousBrokerEpoch === existing.epoch;
  // Even of a broker that is not known: it may have been taken out, and have left its replicas behind.
  const records = removeIncarnation(state, brokerId, isClean);
  const brokerEpoch = nextOffset + records.length;
  liveness.register(brokerId);
  return {
    records: [...records, registration(request, brokerEpoch)],
    response: brokerEpoch,
    mayBeSplit: true,
  };
}

/**
 * 1. All nodes are killed and start again. 2. The new controller gives every broker a fresh session, since it cannot know
 * when the one before it heard of them. 3. The new incarnations ask to be let in.
 *
 * To wait for the sessions of their predecessors would leave everything without a leader meanwhile. A log directory
 * belongs to one process at a time, so who has it now is the successor of who had it. Only where the former one has been
 * heard of by this controller somebody may have copied a directory, and the one that is there stays. Decision 0026.
 */
function checkIncarnation(
  { liveness, nowMs, config }: ControllerState,
  existing: BrokerImage | undefined,
  { incarnationId, logDirs }: BrokerRegistrationRequest,
): void {
  if (existing === undefined || existing.incarnationId === incarnationId) return;
  if (!liveness.hasSession(existing, nowMs, config.values['broker.session.timeout.ms'])) return;
  const isSuccessor = existing.directoryIds.some((id) => logDirs.includes(id));
  if (isSuccessor && !liveness.hasBeenHeardOf(existing.id)) return;
  throw refuse(
    'DUPLICATE_BROKER_REGISTRATION',
    'Another broker is registered with that broker id. If the broker was recently restarted this should ' +
      "self-resolve once the heartbeat manager expires the broker's session.",
  );
}

function checkDirectories(image: ClusterImage, { brokerId, logDirs }: BrokerRegistrationRequest): void {
  if (logDirs.length === 0) throw invalid('No directories specified in request');
  if (logDirs.some(isReservedDirectory)) throw invalid('Reserved directory ID in request');
  if (new Set(logDirs).size !== logDirs.length) throw invalid('Duplicate directory ID in request');
  for (const { id, directoryIds } of image.brokers.values()) {
    const shared =
      id === brokerId ? undefined : directoryIds.find((directory) => logDirs.includes(directory));
    if (shared !== undefined) throw invalid(`Broker ${id} is already registered with directory ${shared}`);
  }
}

function invalid(message: string): KafkaError {
  return refuse('INVALID_REGISTRATION', message);
}

/** A broker must be able to do everything that the cluster has been upgraded to. */
function checkFeatures(image: ClusterImage, features: readonly BrokerRegistrationRequestFeature[]): void {
  const ranges = new Map(features.map((feature) => [feature.name, feature]));
  if (!ranges.has('metadata.version')) {
    throw refuse('INVALID_REGISTRATION', "Request features do not contain 'metadata.version'");
  }
  for (const { name, minSupportedVersion, maxSupportedVersion } of features) {
    requireInRange(name, image.features.get(name) ?? 0, minSupportedVersion, maxSupportedVersion);
  }
  for (const [name, level] of image.features) {
    if (!ranges.has(name)) requireInRange(name, level, 0, 0);
  }
}

function requireInRange(name: string, level: number, min: number, max: number): void {
  if (level >= min && level <= max) return;
  throw new KafkaError(
    'UNSUPPORTED_VERSION',
    `Unable to register because the broker does not support finalized version ${level} of ${name}. The broker ` +
      `wants a version between ${min} and ${max}, inclusive.`,
  );
}

function registration(request: BrokerRegistrationRequest, brokerEpoch: number, existing?: BrokerImage) {
  const { brokerId, incarnationId, listeners, features, rack, logDirs } = request;
  const data = RegisterBrokerRecord.create({
    brokerId,
    incarnationId,
    brokerEpoch,
    endPoints: recordedEndpoints(listeners),
    features: recordedFeatures(features),
    rack,
    logDirs: [...logDirs],
    fenced: existing?.isFenced ?? true,
    inControlledShutdown: existing?.inControlledShutdown ?? false,
  });
  return { type: 'RegisterBroker', data } as const;
}
