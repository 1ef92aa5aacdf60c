import { ApiKey, ErrorCode } from '@millrace/protocol';
import { PushTelemetryRequest, PushTelemetryResponse } from '@millrace/protocol/messages/push-telemetry';
import { metricsPeer } from '../client-metrics/metrics-peer.ts';
import { defineHandler } from './handler.ts';

/** Metrics of a client (KIP-714). */
export const pushTelemetry = defineHandler({
  key: ApiKey.PUSH_TELEMETRY,
  minVersion: 0,
  maxVersion: 0,
  isAdvertised: (config) => config['client.metrics.enable'],
  request: PushTelemetryRequest,
  response: PushTelemetryResponse,

  handle(request, context) {
    const { clientMetrics, host } = context.broker;
    const { clock } = host;
    const now = { nowMs: clock.monotonicMs(), wallMs: clock.nowMs() };
    clientMetrics.push(request, metricsPeer(context), now);
    return { throttleTimeMs: 0, errorCode: ErrorCode.NONE };
  },

  fail: ({ errorCode }) => ({ throttleTimeMs: 0, errorCode }),
});
