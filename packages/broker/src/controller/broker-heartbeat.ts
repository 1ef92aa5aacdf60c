import type { BrokerHeartbeatRequest } from '@millrace/protocol/messages/broker-heartbeat';
import type { BrokerImage } from '../metadata/cluster-image.ts';
import type { MetadataRecord } from '../metadata/metadata-record.ts';
import {
  beginControlledShutdown,
  cordonDirectories,
  fenceBroker,
  loseDirectories,
  partitionsOf,
  unfenceBroker,
} from './broker-transitions.ts';
import type { ControllerResult, ControllerState } from './controller-operation.ts';
import { requireBrokerEpoch } from './require-broker-epoch.ts';

/** Where a broker is in its life, as far as the controller is concerned. */
type BrokerControlState = 'FENCED' | 'UNFENCED' | 'CONTROLLED_SHUTDOWN' | 'SHUTDOWN_NOW';

/** What the broker is told. */
export interface HeartbeatReply {
  /** It has seen its own registration. */
  readonly isCaughtUp: boolean;
  readonly isFenced: boolean;
  readonly shouldShutDown: boolean;
}

/**
 * A broker is alive, and says what it wants: to be let in, to be left out, or to go.
 * @throws KafkaError STALE_BROKER_EPOCH
 */
export function brokerHeartbeat(
  state: ControllerState,
  request: BrokerHeartbeatRequest,
): ControllerResult<HeartbeatReply> {
  const { liveness, nowMs, nextOffset } = state;
  const { brokerId, currentMetadataOffset } = request;
  const broker = requireBrokerEpoch(state.image, brokerId, request.brokerEpoch);
  const current = currentState(state, broker);
  const next = nextState(state, broker, current, request);
  const records = next === current ? [] : transition(state, broker, next);
  if (next !== 'SHUTDOWN_NOW') records.push(...loseDirectories(state, broker, request.offlineLogDirs));
  records.push(...cordonDirectories(state, broker, request.cordonedLogDirs));
  liveness.touch(brokerId, nowMs, currentMetadataOffset);
  if (next === 'FENCED') liveness.endShutdown(brokerId);
  if (next === 'SHUTDOWN_NOW') liveness.forget(brokerId);
  if (next === 'CONTROLLED_SHUTDOWN') liveness.beginShutdown(brokerId, nextOffset + records.length - 1);
  const response: HeartbeatReply = {
    isCaughtUp: currentMetadataOffset >= broker.epoch,
    isFenced: next === 'FENCED' || next === 'SHUTDOWN_NOW',
    shouldShutDown: next === 'SHUTDOWN_NOW',
  };
  return { records, response, mayBeSplit: true };
}

function currentState({ liveness }: ControllerState, { id, isFenced }: BrokerImage): BrokerControlState {
  if (isFenced) return 'FENCED';
  return liveness.isShuttingDown(id) ? 'CONTROLLED_SHUTDOWN' : 'UNFENCED';
}

/** The decision table of KIP-631 and KIP-841. */
function nextState(
  state: ControllerState,
  broker: BrokerImage,
  current: BrokerControlState,
  { wantFence, wantShutDown, currentMetadataOffset }: BrokerHeartbeatRequest,
): BrokerControlState {
  const { image, liveness } = state;
  if (current === 'FENCED') {
    if (wantShutDown) return 'SHUTDOWN_NOW';
    // Whoever was on its way out comes back as a new incarnation only.
    const mayComeIn = !wantFence && !broker.inControlledShutdown && currentMetadataOffset >= broker.epoch;
    return mayComeIn ? 'UNFENCED' : 'FENCED';
  }
  if (current === 'UNFENCED') {
    if (wantFence) return wantShutDown ? 'SHUTDOWN_NOW' : 'FENCED';
    if (!wantShutDown) return 'UNFENCED';
    return leadsAnything(state, broker.id) ? 'CONTROLLED_SHUTDOWN' : 'SHUTDOWN_NOW';
  }
  if (leadsAnything(state, broker.id)) return 'CONTROLLED_SHUTDOWN';
  // Everybody knows the new leaders, so that nobody is sent to this broker any more.
  const isKnownToAll = liveness.controlledShutdownOffset(broker.id) <= liveness.lowestActiveOffset(image);
  return isKnownToAll ? 'SHUTDOWN_NOW' : 'CONTROLLED_SHUTDOWN';
}

function transition(state: ControllerState, broker: BrokerImage, next: BrokerControlState): MetadataRecord[] {
  switch (next) {
    case 'FENCED':
    case 'SHUTDOWN_NOW':
      return broker.isFenced ? [] : fenceBroker(state, broker);
    case 'UNFENCED':
      return unfenceBroker(state, broker);
    case 'CONTROLLED_SHUTDOWN':
      return beginControlledShutdown(state, broker);
  }
}

function leadsAnything({ image }: ControllerState, brokerId: number): boolean {
  for (const [, { leader }] of partitionsOf(image)) if (leader === brokerId) return true;
  return false;
}
