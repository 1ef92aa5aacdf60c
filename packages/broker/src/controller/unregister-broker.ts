import { removeBroker } from './broker-transitions.ts';
import type { ControllerResult, ControllerState } from './controller-operation.ts';
import { refuse } from './topic-request-error.ts';

/** Takes a broker out of the cluster for good. @throws KafkaError BROKER_ID_NOT_REGISTERED */
export function unregisterBroker(state: ControllerState, brokerId: number): ControllerResult<void> {
  const broker = state.image.brokers.get(brokerId);
  if (broker === undefined) {
    throw refuse('BROKER_ID_NOT_REGISTERED', `Broker ID ${brokerId} is not currently registered`);
  }
  const records = removeBroker(state, broker);
  state.liveness.forget(brokerId);
  return { records, response: undefined, mayBeSplit: true };
}
