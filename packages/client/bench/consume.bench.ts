import { startBrokerProcess } from './broker-process.ts';
import { compareConsumers } from './consume-comparison.ts';
import type { Report } from './produce-comparison.ts';

/** Consumers of this package, kafkajs and @platformatic/kafka on one Millrace broker in a process of its own. */
export const suite = {
  name: 'client: consume',
  async run(report: Report): Promise<void> {
    await using broker = await startBrokerProcess();
    await compareConsumers(broker.bootstrapServers, report);
  },
};
