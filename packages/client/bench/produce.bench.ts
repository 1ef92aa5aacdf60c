import { startBrokerProcess } from './broker-process.ts';
import { onApacheKafka } from './on-apache-kafka.ts';
import { compareProducers, type Report } from './produce-comparison.ts';

/** Producers of this package and of others, on one Millrace broker in a process of its own, then on Apache Kafka. */
export const suite = {
  name: 'client: produce',
  async run(report: Report): Promise<void> {
    await onMillrace(report);
    await onApacheKafka(report, compareProducers);
  },
};

async function onMillrace(report: Report): Promise<void> {
  await using broker = await startBrokerProcess();
  await compareProducers(broker.bootstrapServers, report);
}
