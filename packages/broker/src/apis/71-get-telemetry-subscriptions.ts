import { ApiKey } from '@millrace/protocol';
import {
  GetTelemetrySubscriptionsRequest,
  GetTelemetrySubscriptionsResponse,
} from '@millrace/protocol/messages/get-telemetry-subscriptions';
import { metricsPeer } from '../client-metrics/metrics-peer.ts';
import { defineHandler } from './handler.ts';

/** What a client is to push (KIP-714). */
export const getTelemetrySubscriptions = defineHandler({
  key: ApiKey.GET_TELEMETRY_SUBSCRIPTIONS,
  minVersion: 0,
  maxVersion: 0,
  isAdvertised: (config) => config['client.metrics.enable'],
  request: GetTelemetrySubscriptionsRequest,
  response: GetTelemetrySubscriptionsResponse,

  handle(request, context) {
    const { clientMetrics, host } = context.broker;
    return clientMetrics.subscriptions(request, metricsPeer(context), host.clock.monotonicMs());
  },

  fail: ({ errorCode }) => ({ ...GetTelemetrySubscriptionsResponse.create(), errorCode }),
});
