import { fenceBroker } from './broker-transitions.ts';
import type { ControllerOperation, ControllerResult, ControllerState } from './controller-operation.ts';

/**
 * Fences the broker that has not been heard of for the longest time, if that is too long. One at a time: what fencing
 * one changes counts for the next.
 * @returns its id, -1 when all are alive
 */
export function expireBroker(state: ControllerState): ControllerResult<number> {
  const { image, liveness, nowMs, config } = state;
  const stale = liveness.stalest(image, nowMs, config.values['broker.session.timeout.ms']);
  if (stale === undefined) return { records: [], response: -1 };
  const records = fenceBroker(state, stale);
  liveness.endShutdown(stale.id);
  return { records, response: stale.id, mayBeSplit: true };
}

/** Fences a broker whose process has ended, unless another incarnation of it has come already. */
export function expireEndedBroker(brokerId: number, brokerEpoch: number): ControllerOperation<void> {
  return (state) => {
    const broker = state.image.brokers.get(brokerId);
    if (broker === undefined || broker.epoch !== brokerEpoch || broker.isFenced) {
      return { records: [], response: undefined };
    }
    state.liveness.expire(brokerId);
    const records = fenceBroker(state, broker);
    state.liveness.endShutdown(brokerId);
    return { records, response: undefined, mayBeSplit: true };
  };
}
