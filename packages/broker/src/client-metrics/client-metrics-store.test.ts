import { describe, expect, it } from 'vitest';
import { clientMetricsLimits, ClientMetricsStore, type MetricsClient } from './client-metrics-store.ts';
import type { PushedMetric } from './decode-metrics.ts';

function client(instanceId: string): MetricsClient {
  return {
    instanceId,
    clientId: 'app',
    softwareName: 'java',
    softwareVersion: '1',
    sourceAddress: '10.0.0.1',
    sourcePort: 1,
    principal: 'User:alice',
  };
}

function metric(name: string, value: number, change: Partial<PushedMetric> = {}): PushedMetric {
  return { name, unit: '', kind: 'gauge', attributes: new Map(), value, ...change };
}

function valuesIn(store: ClientMetricsStore): Record<string, number> {
  const values: Record<string, number> = {};
  for (const { client: from, metrics } of store.entries())
    for (const { name, value } of metrics) values[`${from.instanceId} ${name}`] = value;
  return values;
}

describe('ClientMetricsStore', () => {
  it('keeps the newest value, and adds up what is pushed as a difference', () => {
    const store = new ClientMetricsStore();
    store.receive(client('a'), [metric('g', 1), metric('d', 5, { kind: 'delta' })], 1);
    store.receive(
      client('a'),
      [metric('g', 3), metric('d', 2, { kind: 'delta' }), metric('t', 9, { kind: 'total' })],
      2,
    );
    expect(valuesIn(store)).toEqual({ 'a g': 3, 'a d': 7, 'a t': 9 });
    const [entry] = [...store.entries()];
    expect(entry!.pushedMs).toBe(2);
    expect([...entry!.metrics].map(({ kind }) => kind)).toEqual(['gauge', 'counter', 'counter']);
  });

  it('keeps series apart by what they are labelled with, in any order', () => {
    const store = new ClientMetricsStore();
    const labels = (first: string, second: string) =>
      new Map([
        [first, '1'],
        [second, '1'],
      ]);
    store.receive(client('a'), [metric('g', 1, { attributes: labels('x', 'y') })], 1);
    store.receive(client('a'), [metric('g', 2, { attributes: labels('y', 'x') }), metric('g', 3)], 1);
    expect(store.seriesCount).toBe(2);
  });

  it('forgets a client that is gone', () => {
    const store = new ClientMetricsStore();
    store.receive(client('a'), [metric('g', 1)], 1);
    store.receive(client('b'), [metric('g', 2)], 1);
    store.forget('a');
    store.forget('nobody');
    expect(valuesIn(store)).toEqual({ 'b g': 2 });
    expect(store.seriesCount).toBe(1);
  });

  it('holds no more than its limits, whatever clients push', () => {
    const store = new ClientMetricsStore();
    const { seriesPerClient, series, textChars } = clientMetricsLimits;
    const many = Array.from({ length: seriesPerClient + 10 }, (_, index) => metric(`m${index}`, index));
    store.receive(client('c0'), many, 1);
    expect([store.seriesCount, store.droppedCount]).toEqual([seriesPerClient, 10]);
    store.receive(client('long'), [metric('x'.repeat(textChars + 1), 1)], 1);
    expect(store.droppedCount).toBe(11);
    const clients = series / seriesPerClient;
    for (let index = 1; index <= clients; index++) store.receive(client(`c${index}`), many, 1);
    expect(store.seriesCount).toBeLessThanOrEqual(series);
    // The one that was silent for longest made room.
    expect([...store.entries()].map(({ client: each }) => each.instanceId)).not.toContain('c0');
  });
});
