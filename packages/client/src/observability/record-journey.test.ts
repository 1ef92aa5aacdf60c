import { ErrorCode } from '@millrace/protocol';
import { expect, test } from 'vitest';
import { Producer } from '../producer/producer.ts';
import { inProducerWorld } from '../producer/testing/producer-world.ts';
import { startBroker } from '../testing/start-broker.ts';
import type { RecordTrace } from './record-journey.ts';

const stepsOf = ({ steps }: RecordTrace) => steps.map(({ step }) => step);

test('tells how a record got to its place, and when', async () => {
  await using broker = await startBroker();
  await using producer = new Producer({ 'bootstrap.servers': broker.bootstrapServers });
  const waiting = producer.send({ topic: 'orders', value: 'first' });
  const trace = await producer.trace({ topic: 'orders', value: 'second' });
  await waiting;
  expect(trace.error).toBeUndefined();
  expect(trace.metadata).toMatchObject({ topic: 'orders', partition: 0, offset: 1 });
  expect(stepsOf(trace)).toEqual(['queued', 'batched', 'sent', 'acknowledged']);
  expect(trace.steps[0]?.atMs).toBe(0);
  expect(trace.steps[1]).toMatchObject({ partition: 0, recordCount: 2 });
  expect(trace.steps[2]).toMatchObject({ nodeId: 1, attempt: 1, recordCount: 2 });
  expect(trace.steps[3]).toMatchObject({ partition: 0, offset: 1 });
  const times = trace.steps.map(({ atMs }) => atMs);
  expect(times).toEqual(times.toSorted((a, b) => a - b));
});

test('tells of a batch that was cut', async () => {
  await using broker = await startBroker({ 'message.max.bytes': '4000' });
  await using producer = new Producer({ 'bootstrap.servers': broker.bootstrapServers });
  const [trace] = await Promise.all([
    producer.trace({ topic: 'cut', value: 'x'.repeat(3000) }),
    producer.send({ topic: 'cut', value: 'y'.repeat(3000) }),
  ]);
  expect(stepsOf(trace)).toEqual(['queued', 'batched', 'sent', 'split', 'sent', 'acknowledged']);
});

test('a record that fails has a trace as well', async () => {
  await using broker = await startBroker({ 'message.max.bytes': '1000' });
  await using producer = new Producer({ 'bootstrap.servers': broker.bootstrapServers });
  const trace = await producer.trace({ topic: 'large', value: 'x'.repeat(3000) });
  expect(stepsOf(trace)).toEqual(['queued', 'batched', 'sent', 'failed']);
  expect(trace.metadata).toBeUndefined();
  expect(trace.error).toMatchObject({ code: 'MESSAGE_TOO_LARGE' });
});

test('tells of refusals, with their errors, and of each new try', async () => {
  await inProducerWorld(1, async (world) => {
    let requests = 0;
    world.proxy.plan = () =>
      ++requests === 1 ? { kind: 'refused', errorCode: ErrorCode.NOT_ENOUGH_REPLICAS } : { kind: 'none' };
    const trace = await world.producer().trace({ topic: 'orders', partition: 0, value: 'x' });
    expect(stepsOf(trace)).toEqual(['queued', 'batched', 'sent', 'retry', 'sent', 'acknowledged']);
    expect(trace.steps[3]?.error).toMatchObject({ code: 'NOT_ENOUGH_REPLICAS' });
    expect(trace.steps[4]).toMatchObject({ attempt: 2 });
    // The pause before a new try is retry.backoff.ms, with its jitter.
    expect(trace.steps[4]!.atMs - trace.steps[3]!.atMs).toBeGreaterThanOrEqual(80);
  });
});
