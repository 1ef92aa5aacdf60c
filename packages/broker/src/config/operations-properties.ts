import { property } from '@millrace/config';

/** Typed as text, so that the property is not taken for one that can only be empty. */
const NOT_SET: string = '';

/** What operators look at. */
export const operationsProperties = {
  'metrics.listener': property.string({
    default: NOT_SET,
    doc: 'Where metrics (`/metrics`, for Prometheus) and health (`/health/live`, `/health/ready`) are served over HTTP, as http://HOST:PORT: `http://127.0.0.1:9404`. Port 0 picks a free one. Empty: nowhere. Whoever can reach it can read it: keep it on loopback or on a network of your own. Not a Kafka property.',
  }),
  'slow.request.threshold.ms': property.long({
    default: 1000,
    min: -1,
    doc: 'A request that keeps the node itself busy for this long is logged as a warning, at most one line a second. Waiting for records or for other members of a group does not count. -1: never. Not a Kafka property.',
    updateMode: 'cluster-wide',
  }),
} as const;
