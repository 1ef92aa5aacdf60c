import { property } from '@millrace/config';

/** Metrics that clients push (KIP-714). */
export const clientMetricsProperties = {
  'client.metrics.enable': property.boolean({
    default: false,
    doc: 'Whether clients are told that they may push their metrics (KIP-714), the newest of which are kept in memory. What they push is chosen by client metrics resources. Not a Kafka property: there it is a class among `metric.reporters`.',
  }),
  'telemetry.max.bytes': property.int({
    default: 1048576,
    min: 1,
    doc: 'Largest push of client metrics in bytes, as it is sent.',
  }),
} as const;
