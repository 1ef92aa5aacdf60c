import { startBrokerProcess } from './broker-process.ts';
import { compareConsumers } from './consume-comparison.ts';
import { onApacheKafka } from './on-apache-kafka.ts';
import type { Report } from './produce-comparison.ts';

/** Consumers of this package and of others, on one Millrace broker in a process of its own, then on Apache Kafka. */
export const suite = {
  name: 'client: consume',
  async run(report: Report): Promise<void> {
    await onMillrace(report);
    await onApacheKafka(report, compareConsumers);
  },
};

async function onMillrace(report: Report): Promise<void> {
  await using broker = await startBrokerProcess();
  await compareConsumers(broker.bootstrapServers, report);
}
