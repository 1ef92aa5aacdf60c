import { expect, test } from 'vitest';
import { Admin } from '../admin/admin.ts';
import { Producer } from '../producer/producer.ts';
import { startBroker } from '../testing/start-broker.ts';

test('metrics of a client arrive at a broker that asks for them, and are on its page for Prometheus', async () => {
  await using started = await startBroker({
    'client.metrics.enable': 'true',
    'metrics.listener': 'http://127.0.0.1:0',
  });
  const servers = { 'bootstrap.servers': started.bootstrapServers };
  await using admin = new Admin({ ...servers, 'enable.metrics.push': false });
  const set = (name: string, value: string) => ({ name, operation: 'set', value }) as const;
  const operations = [
    set('metrics', 'org.apache.kafka.producer.'),
    set('interval.ms', '100'),
    set('match', 'client_id=billing.*'),
  ];
  await admin.incrementalAlterConfigs([{ type: 'client-metrics', name: 'billing', operations }]);
  const { host, port } = started.broker.metricsAddress!;
  const page = async () => (await fetch(`http://${host}:${port}/metrics`)).text();
  let onPush: () => void = () => {};
  const observer = {
    onRequestAnswered: ({ api }: { readonly api: string }) => {
      if (api.startsWith('PushTelemetry')) onPush();
    },
  };
  await using billing = new Producer({ ...servers, 'client.id': 'billing-1' }, { observer });
  await using other = new Producer({ ...servers, 'client.id': 'shipping-1' });
  await other.send({ topic: 'orders', value: '3' });
  await billing.send([
    { topic: 'orders', value: '1' },
    { topic: 'orders', value: '2' },
  ]);
  // The first push comes after half to one and a half of an interval.
  await new Promise<void>((resolve) => (onPush = resolve));
  const text = await page();
  const sent = text
    .split('\n')
    .filter((line) => line.startsWith('org_apache_kafka_producer_record_send_total'));
  expect(sent).toEqual([expect.stringMatching(/client_id="billing-1",client_instance_id="[^"]+"} 2$/)]);
  expect(text).not.toContain('shipping-1');
});
