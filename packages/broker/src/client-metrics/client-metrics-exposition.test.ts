import { expect, test } from 'vitest';
import { clientMetricsText } from './client-metrics-exposition.ts';
import type { ClientMetric, ClientMetricsEntry } from './client-metrics-store.ts';

function pushed(clientId: string, metrics: readonly Partial<ClientMetric>[]): ClientMetricsEntry {
  const none: ClientMetric = { name: 'a', unit: '', kind: 'gauge', attributes: new Map(), value: 1 };
  const client = {
    instanceId: `instance-${clientId}`,
    clientId,
    softwareName: '',
    softwareVersion: '',
    sourceAddress: '',
    sourcePort: 1,
    principal: 'User:ANONYMOUS',
  };
  return { client, pushedMs: 0, metrics: metrics.map((metric) => ({ ...none, ...metric })) };
}

test('pushed metrics are families with the client as a label', () => {
  const sends = { name: 'org.apache.kafka.producer.record.send.total', kind: 'counter' } as const;
  const text = clientMetricsText([
    pushed('one', [
      { ...sends, value: 2 },
      { name: 'lag', attributes: new Map([['topic', 'orders']]), value: 0.5 },
    ]),
    pushed('two', [{ ...sends, value: 3 }]),
  ]);
  expect(text).toBe(`# TYPE org_apache_kafka_producer_record_send_total counter
org_apache_kafka_producer_record_send_total{client_id="one",client_instance_id="instance-one"} 2
org_apache_kafka_producer_record_send_total{client_id="two",client_instance_id="instance-two"} 3
# TYPE lag gauge
lag{topic="orders",client_id="one",client_instance_id="instance-one"} 0.5
`);
});

test('nothing that a client sends makes the page unreadable', () => {
  const attributes = new Map([
    ['client_id', 'somebody else'],
    ['9 lives', 'a "quoted"\nline \\'],
  ]);
  const text = clientMetricsText([
    pushed('one', [
      { name: '1.x-y', attributes, value: Infinity },
      { name: '1.x-y', kind: 'counter' },
    ]),
  ]);
  expect(text).toBe(`# TYPE _1_x_y gauge
_1_x_y{client_id="one",_9_lives="a \\"quoted\\"\\nline \\\\",client_instance_id="instance-one"} +Inf
`);
  expect(clientMetricsText([])).toBe('');
});
