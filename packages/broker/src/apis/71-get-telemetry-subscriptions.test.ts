import { ErrorCode, ZERO_UUID } from '@millrace/protocol';
import {
  GetTelemetrySubscriptionsRequest,
  GetTelemetrySubscriptionsResponse,
} from '@millrace/protocol/messages/get-telemetry-subscriptions';
import { expect, it } from 'vitest';
import { TestBroker } from '../testing/test-broker.ts';

it('gives a client an id that it keeps, and no metrics to send while nobody asked for any', async () => {
  await using server = await TestBroker.start({ 'client.metrics.enable': true });
  const connection = await server.connect();
  const ask = (clientInstanceId: string) =>
    connection.send({
      request: GetTelemetrySubscriptionsRequest,
      response: GetTelemetrySubscriptionsResponse,
      version: 0,
      message: { clientInstanceId },
    });
  const first = await ask(ZERO_UUID);
  expect(first.errorCode).toBe(ErrorCode.NONE);
  expect(first.clientInstanceId).not.toBe(ZERO_UUID);
  expect(first.requestedMetrics).toEqual([]);
});
