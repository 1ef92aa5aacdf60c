/** Where a configuration value comes from, as DescribeConfigs numbers it. */
export const ConfigSource = {
  DYNAMIC_TOPIC: 1,
  DYNAMIC_BROKER: 2,
  DYNAMIC_DEFAULT_BROKER: 3,
  STATIC_BROKER: 4,
  DEFAULT: 5,
  DYNAMIC_BROKER_LOGGER: 6,
  DYNAMIC_CLIENT_METRICS: 7,
  DYNAMIC_GROUP: 8,
} as const;

/** One place that gives a property a value. */
export interface ConfigAssignment {
  /** The name used there: a topic property may get its value from a broker property. */
  readonly name: string;
  /** In Kafka's text form. */
  readonly value: string;
  readonly source: number;
}
