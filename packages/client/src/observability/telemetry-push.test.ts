import { Simulation } from '@millrace/host';
import { ApiKey, decompress, ErrorCode } from '@millrace/protocol';
import {
  GetTelemetrySubscriptionsRequest,
  GetTelemetrySubscriptionsResponse,
} from '@millrace/protocol/messages/get-telemetry-subscriptions';
import { MetadataResponse } from '@millrace/protocol/messages/metadata';
import { PushTelemetryRequest, PushTelemetryResponse } from '@millrace/protocol/messages/push-telemetry';
import protobuf from 'protobufjs';
import { expect, test } from 'vitest';
import { Admin } from '../admin/admin.ts';
import { metadataAnswer, usualVersions } from '../testing/metadata-answer.ts';
import { ScriptedBroker } from '../testing/scripted-broker.ts';

/** The part of OpenTelemetry's metrics protocol that is written, for somebody else's decoder. */
const { root } = protobuf.parse(`
  syntax = "proto3";
  message MetricsData { repeated ResourceMetrics resource_metrics = 1; }
  message ResourceMetrics { repeated ScopeMetrics scope_metrics = 2; }
  message ScopeMetrics { repeated Metric metrics = 2; }
  message Metric { string name = 1; oneof data { Gauge gauge = 5; Sum sum = 7; } }
  message Gauge { repeated NumberDataPoint data_points = 1; }
  message Sum { repeated NumberDataPoint data_points = 1; int32 aggregation_temporality = 2; bool is_monotonic = 3; }
  message NumberDataPoint {
    fixed64 start_time_unix_nano = 2; fixed64 time_unix_nano = 3; double as_double = 4;
    repeated KeyValue attributes = 7;
  }
  message KeyValue { string key = 1; AnyValue value = 2; }
  message AnyValue { string string_value = 1; }
`);

interface Point {
  readonly startTimeUnixNano: unknown;
  readonly timeUnixNano: unknown;
  readonly asDouble: number;
  readonly attributes: readonly { readonly key: string; readonly value: { readonly stringValue: string } }[];
}

interface DecodedMetric {
  readonly name: string;
  readonly gauge?: { readonly dataPoints: readonly Point[] };
  readonly sum?: { readonly dataPoints: readonly Point[]; readonly aggregationTemporality: number };
}

function decoded(bytes: Buffer): DecodedMetric[] {
  const type = root.lookupType('MetricsData');
  const data = type.toObject(type.decode(bytes), { defaults: true }) as {
    resourceMetrics: readonly { scopeMetrics: readonly { metrics: DecodedMetric[] }[] }[];
  };
  return data.resourceMetrics[0]!.scopeMetrics[0]!.metrics;
}

const INSTANCE_ID = 'AAAAAAAAAAAAAAAAAAAABw';
const ZSTD = 4;

/** A broker that collects telemetry, at the byte level; pushes get the answers given, then none. */
async function inTelemetryWorld(
  subscription: Partial<GetTelemetrySubscriptionsResponse>,
  pushAnswers: readonly number[],
  body: (world: {
    readonly simulation: Simulation;
    readonly servers: string;
    readonly seen: string[];
    readonly pushes: PushTelemetryRequest[];
  }) => Promise<void>,
): Promise<void> {
  const simulation = new Simulation({ seed: 4 });
  await simulation.run(async () => {
    const seen: string[] = [];
    const pushes: PushTelemetryRequest[] = [];
    const answers = [...pushAnswers];
    const versions = new Map([...usualVersions, [71, [0, 0]], [72, [0, 0]]] as const);
    const host = simulation.host('machine');
    await using broker: ScriptedBroker = await ScriptedBroker.start(host, versions, (request) => {
      if (request.apiKey === ApiKey.METADATA)
        request.answer(MetadataResponse, metadataAnswer([broker.port], []));
      if (request.apiKey === ApiKey.GET_TELEMETRY_SUBSCRIPTIONS) {
        seen.push(`subscribe ${request.body(GetTelemetrySubscriptionsRequest).clientInstanceId}`);
        request.answer(GetTelemetrySubscriptionsResponse, {
          throttleTimeMs: 0,
          errorCode: 0,
          clientInstanceId: INSTANCE_ID,
          subscriptionId: 5,
          acceptedCompressionTypes: [ZSTD],
          pushIntervalMs: 10_000,
          telemetryMaxBytes: 1_000_000,
          deltaTemporality: false,
          requestedMetrics: [''],
          ...subscription,
        });
      }
      if (request.apiKey === ApiKey.PUSH_TELEMETRY) {
        const push = request.body(PushTelemetryRequest);
        pushes.push(push);
        seen.push(push.terminating ? 'last push' : 'push');
        request.answer(PushTelemetryResponse, { throttleTimeMs: 0, errorCode: answers.shift() ?? 0 });
      }
    });
    await body({ simulation, servers: `127.0.0.1:${broker.port}`, seen, pushes });
  });
}

function wait(simulation: Simulation, delayMs: number): Promise<void> {
  const { timers } = simulation.host('machine');
  return new Promise((resolve) => timers.schedule(delayMs, resolve));
}

test('a broker that asks for metrics gets them, and a last push at the end', async () => {
  await inTelemetryWorld({}, [], async ({ simulation, servers, seen, pushes }) => {
    const host = simulation.host('machine');
    const admin = new Admin({ 'bootstrap.servers': servers, 'client.id': 'a' }, { host });
    await admin.listTopics();
    await wait(simulation, 16_000);
    await admin.close();
    expect(seen).toEqual([`subscribe AAAAAAAAAAAAAAAAAAAAAA`, 'push', 'last push']);
    expect(pushes[0]).toMatchObject({
      clientInstanceId: INSTANCE_ID,
      subscriptionId: 5,
      compressionType: ZSTD,
    });
    const metrics = decoded(decompress('zstd', pushes[0]!.metrics));
    const named = (name: string) =>
      metrics.find((metric) => metric.name === `org.apache.kafka.admin.client.${name}`);
    expect(named('request.total')?.sum).toMatchObject({ aggregationTemporality: 2 });
    expect(named('request.total')!.sum!.dataPoints[0]!.asDouble).toBeGreaterThan(2);
    expect(named('connection.count')!.gauge!.dataPoints[0]).toMatchObject({ asDouble: 1, attributes: [] });
    const ofNode = named('node.request.size.avg')!.gauge!.dataPoints[0]!;
    expect(ofNode.attributes.map(({ key, value }) => `${key}=${value.stringValue}`)).toEqual([
      'node_id=node--1',
    ]);
  });
});

test('only what is asked for, and only what came since', async () => {
  const asked = { requestedMetrics: ['org.apache.kafka.admin.client.request.'], deltaTemporality: true };
  await inTelemetryWorld(asked, [], async ({ simulation, servers, pushes }) => {
    const admin = new Admin({ 'bootstrap.servers': servers }, { host: simulation.host('machine') });
    await admin.listTopics();
    await wait(simulation, 26_000);
    await admin.close();
    const [first, second] = pushes.map(({ metrics }) => decoded(decompress('zstd', metrics)));
    expect(first!.map(({ name }) => name.replace('org.apache.kafka.admin.client.request.', ''))).toEqual([
      'rate',
      'total',
      'size.avg',
      'size.max',
    ]);
    const total = (metrics: readonly DecodedMetric[]) =>
      metrics.find(({ name }) => name.endsWith('.total'))!.sum!;
    expect(total(second!)).toMatchObject({ aggregationTemporality: 1, dataPoints: [{ asDouble: 1 }] });
    // What a collector adds up must not overlap.
    const [before, since] = [total(first!).dataPoints[0]!, total(second!).dataPoints[0]!];
    expect(String(since.startTimeUnixNano)).toBe(String(before.timeUnixNano));
  });
});

test('asks again when its subscription is outdated, does without a codec that is refused, gives up when told to', async () => {
  const answers = [
    ErrorCode.UNKNOWN_SUBSCRIPTION_ID,
    ErrorCode.UNSUPPORTED_COMPRESSION_TYPE,
    ErrorCode.INVALID_RECORD,
  ];
  await inTelemetryWorld({}, answers, async ({ simulation, servers, seen, pushes }) => {
    const admin = new Admin({ 'bootstrap.servers': servers }, { host: simulation.host('machine') });
    await admin.listTopics();
    await wait(simulation, 200_000);
    await admin.close();
    expect(seen).toEqual([
      'subscribe AAAAAAAAAAAAAAAAAAAAAA',
      'push',
      `subscribe ${INSTANCE_ID}`,
      'push',
      `subscribe ${INSTANCE_ID}`,
      'push',
    ]);
    expect(pushes.map(({ compressionType }) => compressionType)).toEqual([ZSTD, ZSTD, 0]);
  });
});

test.each([
  ['nothing is asked for', { requestedMetrics: [] }, {}, ['subscribe AAAAAAAAAAAAAAAAAAAAAA']],
  ['it is switched off', {}, { 'enable.metrics.push': false }, []],
])('nothing is pushed where %s', async (_why, subscription, properties, expected) => {
  await inTelemetryWorld(subscription, [], async ({ simulation, servers, seen }) => {
    const host = simulation.host('machine');
    const admin = new Admin({ 'bootstrap.servers': servers, ...properties }, { host });
    await admin.listTopics();
    await wait(simulation, 9000);
    await admin.close();
    expect(seen).toEqual(expected);
  });
});
