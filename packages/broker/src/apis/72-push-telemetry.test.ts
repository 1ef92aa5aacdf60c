import { Simulation } from '@millrace/host';
import { compress, CompressionType, ErrorCode, ZERO_UUID } from '@millrace/protocol';
import { ApiVersionsRequest, ApiVersionsResponse } from '@millrace/protocol/messages/api-versions';
import {
  GetTelemetrySubscriptionsRequest,
  GetTelemetrySubscriptionsResponse,
} from '@millrace/protocol/messages/get-telemetry-subscriptions';
import {
  IncrementalAlterConfigsRequest,
  IncrementalAlterConfigsResponse,
} from '@millrace/protocol/messages/incremental-alter-configs';
import {
  PushTelemetryRequest,
  PushTelemetryResponse,
  type PushTelemetryRequestInput,
} from '@millrace/protocol/messages/push-telemetry';
import { describe, expect, it, test } from 'vitest';
import type { BrokerProperties } from '../config/broker-properties.ts';
import { encodeMetrics } from '../testing/pushed-metrics.ts';
import type { RawConnection } from '../testing/raw-connection.ts';
import { TestBroker } from '../testing/test-broker.ts';

async function subscribe(connection: RawConnection, configs: Readonly<Record<string, string>>, name = 'all') {
  const { responses } = await connection.send({
    request: IncrementalAlterConfigsRequest,
    response: IncrementalAlterConfigsResponse,
    version: 1,
    message: {
      resources: [
        {
          resourceType: 16,
          resourceName: name,
          configs: Object.entries(configs).map(([key, value]) => ({ name: key, value, configOperation: 0 })),
        },
      ],
      validateOnly: false,
    },
  });
  expect(responses[0]!.errorCode).toBe(ErrorCode.NONE);
}

function get(connection: RawConnection, clientInstanceId = ZERO_UUID, clientId = 'app') {
  return connection.send({
    request: GetTelemetrySubscriptionsRequest,
    response: GetTelemetrySubscriptionsResponse,
    version: 0,
    message: { clientInstanceId },
    clientId,
  });
}

async function push(
  connection: RawConnection,
  message: Partial<PushTelemetryRequestInput>,
): Promise<keyof typeof ErrorCode> {
  const { errorCode } = await connection.send({
    request: PushTelemetryRequest,
    response: PushTelemetryResponse,
    version: 0,
    message: {
      clientInstanceId: ZERO_UUID,
      subscriptionId: 0,
      terminating: false,
      compressionType: 0,
      metrics: Buffer.alloc(0),
      ...message,
    },
    clientId: 'app',
  });
  const [name] = Object.entries(ErrorCode).find(([, code]) => code === errorCode)!;
  return name as keyof typeof ErrorCode;
}

interface World {
  readonly server: TestBroker;
  readonly simulation: Simulation;
  readonly connection: RawConnection;
}

function inVirtualTime(body: (world: World) => Promise<void>, properties: BrokerProperties = {}) {
  return async () => {
    const simulation = new Simulation({ seed: 'client metrics' });
    const host = simulation.host('node-1');
    await simulation.run(async () => {
      await using server = await TestBroker.start({ 'client.metrics.enable': true, ...properties }, host);
      await body({ server, simulation, connection: await server.connect() });
    });
  };
}

describe('client metrics', () => {
  it(
    'are pushed as often as is asked for, and what is newest can be looked at',
    inVirtualTime(async ({ server, simulation, connection }) => {
      await subscribe(connection, { metrics: '*', 'interval.ms': '10000' });
      const { clientInstanceId, subscriptionId, ...wanted } = await get(connection);
      expect(wanted).toMatchObject({
        errorCode: ErrorCode.NONE,
        pushIntervalMs: 10_000,
        requestedMetrics: ['*'],
        telemetryMaxBytes: 1_048_576,
        deltaTemporality: true,
        acceptedCompressionTypes: [4, 3, 1, 2],
      });
      const metrics = encodeMetrics([{ name: 'sent.total', kind: 'delta', value: 5 }]);
      for (const type of ['none', 'gzip', 'snappy', 'lz4', 'zstd'] as const) {
        const packed = type === 'none' ? metrics : compress(type, metrics);
        const request = { clientInstanceId, subscriptionId, metrics: packed };
        expect(await push(connection, { ...request, compressionType: CompressionType[type] })).toBe('NONE');
        expect(await push(connection, request)).toBe('THROTTLING_QUOTA_EXCEEDED');
        await simulation.sleep(10_000);
      }
      const [entry, ...others] = [...server.broker.pushedMetrics.entries()];
      expect(others).toEqual([]);
      expect(entry!.client).toMatchObject({ instanceId: clientInstanceId, clientId: 'app' });
      expect([...entry!.metrics]).toMatchObject([{ name: 'sent.total', value: 25, kind: 'counter' }]);
    }),
  );

  it(
    'are asked of those who match',
    inVirtualTime(async ({ connection }) => {
      await subscribe(connection, { metrics: 'a.,b.', match: 'client_id=app-.*' }, 'apps');
      await subscribe(connection, { metrics: 'c.', 'interval.ms': '5000', match: 'client_id=app-1' }, 'one');
      const nobody = await get(connection, ZERO_UUID, 'other');
      expect([nobody.requestedMetrics, nobody.pushIntervalMs]).toEqual([[], 300_000]);
      const second = await get(connection, ZERO_UUID, 'app-2');
      expect([second.requestedMetrics, second.pushIntervalMs]).toEqual([['a.', 'b.'], 300_000]);
      const first = await get(connection, ZERO_UUID, 'app-1');
      expect([first.requestedMetrics, first.pushIntervalMs]).toEqual([['a.', 'b.', 'c.'], 5000]);
    }),
  );

  it(
    'are wanted anew, at once, when a resource has changed, and only then',
    inVirtualTime(async ({ connection }) => {
      await subscribe(connection, { metrics: 'a.' });
      const { clientInstanceId, subscriptionId } = await get(connection);
      expect((await get(connection, clientInstanceId)).errorCode).toBe(ErrorCode.THROTTLING_QUOTA_EXCEEDED);
      await subscribe(connection, { metrics: 'b.' });
      expect(await push(connection, { clientInstanceId, subscriptionId })).toBe('UNKNOWN_SUBSCRIPTION_ID');
    }),
  );

  it(
    'are refused when they cannot be read or are too large, packed or not',
    inVirtualTime(
      async ({ server, connection, simulation }) => {
        await subscribe(connection, { metrics: '*', 'interval.ms': '1000' });
        const { clientInstanceId, subscriptionId } = await get(connection);
        const own = { clientInstanceId, subscriptionId };
        const bomb = compress('gzip', Buffer.alloc(200_000));
        const cases: [Partial<PushTelemetryRequestInput>, keyof typeof ErrorCode][] = [
          [{ metrics: Buffer.from('garbage') }, 'INVALID_RECORD'],
          [{ metrics: Buffer.from('garbage'), compressionType: CompressionType.zstd }, 'INVALID_RECORD'],
          [{ metrics: bomb, compressionType: CompressionType.gzip }, 'INVALID_RECORD'],
          [{ metrics: Buffer.alloc(10_001) }, 'TELEMETRY_TOO_LARGE'],
          [{ compressionType: 5 }, 'UNSUPPORTED_COMPRESSION_TYPE'],
          [{ clientInstanceId: ZERO_UUID }, 'INVALID_REQUEST'],
        ];
        for (const [change, error] of cases) {
          await simulation.sleep(1000);
          expect(await push(connection, { ...own, ...change })).toBe(error);
        }
        expect(server.broker.pushedMetrics.clientCount).toBe(0);
        expect(server.complaints).toEqual([]);
      },
      { 'telemetry.max.bytes': 10_000 },
    ),
  );

  it(
    'may come early once, for the last time, and are forgotten with the connection',
    inVirtualTime(async ({ server, connection, simulation }) => {
      await subscribe(connection, { metrics: '*' });
      const other = await server.connect();
      const { clientInstanceId, subscriptionId } = await get(other);
      const own = { clientInstanceId, subscriptionId, metrics: encodeMetrics([{ name: 'a', value: 1 }]) };
      expect(await push(other, own)).toBe('NONE');
      expect(await push(other, { ...own, terminating: true })).toBe('NONE');
      expect(await push(other, { ...own, terminating: true })).toBe('INVALID_REQUEST');
      expect(server.broker.pushedMetrics.clientCount).toBe(1);
      other.destroy();
      await simulation.sleep(100);
      expect(server.broker.pushedMetrics.clientCount).toBe(0);
    }),
  );

  it(
    'of a client that was silent for long are forgotten',
    inVirtualTime(async ({ server, connection, simulation }) => {
      await subscribe(connection, { metrics: '*', 'interval.ms': '1000' });
      const { clientInstanceId, subscriptionId } = await get(connection);
      const metrics = encodeMetrics([{ name: 'a', value: 1 }]);
      await push(connection, { clientInstanceId, subscriptionId, metrics });
      await simulation.sleep(60_000);
      await get(await server.connect());
      expect(server.broker.pushedMetrics.clientCount).toBe(0);
    }),
  );
});

test.each([
  ['', { 'client.metrics.enable': true }, [71, 72]],
  [' not, where nobody wants them', {}, []],
] as const)('ApiVersions mentions client metrics%s', async (_what, properties, mentioned) => {
  await using server = await TestBroker.start(properties);
  const { apiKeys } = await (
    await server.connect()
  ).send({
    request: ApiVersionsRequest,
    response: ApiVersionsResponse,
    version: 4,
    message: { clientSoftwareName: 'a', clientSoftwareVersion: '1' },
  });
  expect(apiKeys.map(({ apiKey }) => apiKey).filter((key) => key === 71 || key === 72)).toEqual(mentioned);
});
