import { startBrokerProcess } from './broker-process.ts';
import { compareConveniences } from './convenience-comparison.ts';
import type { Report } from './produce-comparison.ts';

/** What typed topics and `run()` cost over the plain calls, on one Millrace broker in a process of its own. */
export const suite = {
  name: 'client: typed topics and run()',
  async run(report: Report): Promise<void> {
    await using broker = await startBrokerProcess();
    await compareConveniences(broker.bootstrapServers, report);
  },
};
