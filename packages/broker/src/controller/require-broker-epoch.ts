import type { BrokerImage, ClusterImage } from '../metadata/cluster-image.ts';
import { refuse } from './topic-request-error.ts';

/** The broker, if the request comes from its present incarnation. @throws KafkaError STALE_BROKER_EPOCH */
export function requireBrokerEpoch(image: ClusterImage, brokerId: number, brokerEpoch: number): BrokerImage {
  const broker = image.brokers.get(brokerId);
  if (broker === undefined) {
    throw refuse('STALE_BROKER_EPOCH', `No broker registration found for broker id ${brokerId}`);
  }
  if (broker.epoch !== brokerEpoch) {
    throw refuse(
      'STALE_BROKER_EPOCH',
      `Expected broker epoch ${broker.epoch}, but got broker epoch ${brokerEpoch}`,
    );
  }
  return broker;
}
