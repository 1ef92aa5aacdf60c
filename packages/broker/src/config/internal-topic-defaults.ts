import type { ParsedProperties } from '@millrace/config';
import type { brokerProperties, BrokerPropertyValues } from './broker-properties.ts';

type Parsed = ParsedProperties<typeof brokerProperties.definitions>;

/**
 * How internal topics are replicated where nothing is said about it, in a cluster of several nodes: as in Kafka. A node
 * that is a cluster of its own has one replica of everything.
 */
const clusterDefaults = {
  'offsets.topic.replication.factor': 3,
  'transaction.state.log.replication.factor': 3,
  'transaction.state.log.min.isr': 2,
  'share.coordinator.state.topic.replication.factor': 3,
  'share.coordinator.state.topic.min.isr': 2,
} as const satisfies Partial<BrokerPropertyValues>;

/** Fills them in where the node is part of a cluster and the user has not said otherwise. */
export function withInternalTopicDefaults(parsed: Parsed): Parsed {
  const { values } = parsed;
  const isAlone =
    values['controller.quorum.voters'].length === 0 &&
    values['controller.quorum.bootstrap.servers'].length === 0;
  if (isAlone) return parsed;
  const unset = Object.entries(clusterDefaults).filter(([name]) => !parsed.explicit.has(name));
  return {
    ...parsed,
    values: { ...values, ...Object.fromEntries(unset) },
    // So that DescribeConfigs says what is in force.
    explicit: new Set([...parsed.explicit, ...unset.map(([name]) => name)]),
  };
}
