import type { Controller } from '../controller/controller.ts';
import { electAfterRestart, registerBroker, type BrokerRegistration } from '../controller/register-broker.ts';
import { MAX_RECORDS_PER_BATCH } from './metadata-batch.ts';

/** Registers this node with its own controller, all batches at once, so that one flush covers them. */
export async function joinCluster(controller: Controller, node: BrokerRegistration): Promise<void> {
  await Promise.all([controller.run((state) => registerBroker(state, node), 'committed'), elect(controller)]);
}

/** New leader epochs for everything this node has, in batches within the limit. */
async function elect(controller: Controller): Promise<void> {
  const steps: Promise<void>[] = [];
  await controller.run((state) => {
    const records = electAfterRestart(state);
    for (let start = MAX_RECORDS_PER_BATCH; start < records.length; start += MAX_RECORDS_PER_BATCH) {
      const batch = records.slice(start, start + MAX_RECORDS_PER_BATCH);
      steps.push(
        Promise.resolve().then(() => controller.run(() => ({ records: batch, response: undefined }))),
      );
    }
    return { records: records.slice(0, MAX_RECORDS_PER_BATCH), response: undefined };
  });
  await Promise.all(steps);
}
