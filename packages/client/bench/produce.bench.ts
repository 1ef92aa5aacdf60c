import { startBrokerProcess } from './broker-process.ts';
import { compareProducers, type Report } from './produce-comparison.ts';

/** Producers of this package, kafkajs and @platformatic/kafka on one Millrace broker in a process of its own. */
export const suite = {
  name: 'client: produce',
  async run(report: Report): Promise<void> {
    await using broker = await startBrokerProcess();
    await compareProducers(broker.bootstrapServers, report);
  },
};
