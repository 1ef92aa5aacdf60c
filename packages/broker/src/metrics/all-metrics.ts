import type { MetricGroup } from './metric-definition.ts';
import { clusterMetrics } from './table/cluster-metrics.ts';
import { connectionMetrics } from './table/connection-metrics.ts';
import { controllerMetrics } from './table/controller-metrics.ts';
import { coordinatorMetrics } from './table/coordinator-metrics.ts';
import { logMetrics } from './table/log-metrics.ts';
import { metadataMetrics } from './table/metadata-metrics.ts';
import { quorumMetrics } from './table/quorum-metrics.ts';
import { quotaMetrics } from './table/quota-metrics.ts';
import { requestRows } from './table/request-rows.ts';
import { topicMetrics } from './table/topic-metrics.ts';

/** Every metric of a broker, except those that Node.js and the process have themselves. */
export const allMetrics: readonly MetricGroup[] = [
  topicMetrics,
  requestRows,
  connectionMetrics,
  quotaMetrics,
  logMetrics,
  clusterMetrics,
  controllerMetrics,
  quorumMetrics,
  metadataMetrics,
  coordinatorMetrics,
];
