import type { Disk, Random } from '@millrace/host';
import { AbortTransactionRecord } from '@millrace/protocol/messages/metadata-records';
import type { SecuredAddress } from '../config/listeners.ts';
import type { Controller } from '../controller/controller.ts';
import { electAfterRestart, registerBroker } from '../controller/register-broker.ts';
import { MAX_RECORDS_PER_BATCH, type MetadataLog } from './metadata-log.ts';
import type { MetadataRecord } from './metadata-record.ts';
import { writeQuorumState } from './quorum-state.ts';
import { randomUuid } from './random-uuid.ts';

export interface JoiningNode {
  readonly nodeId: number;
  readonly endpoints: readonly SecuredAddress[];
  readonly rack: string | null;
  readonly directoryIds: readonly string[];
  readonly random: Random;
  readonly disk: Disk;
  /** The newest epoch of the quorum that was noted beside the log. */
  readonly quorumEpoch: number;
  /** The log ends inside a transaction that nobody will end any more. */
  readonly hasOpenTransaction: boolean;
  /** Records to begin with; none for a cluster that has its own. */
  readonly bootstrap: readonly MetadataRecord[];
}

/**
 * Makes this node the leader of the metadata log, for a new cluster writes the records it begins with, and registers
 * the node. All batches are handed over at once, so that one or two flushes cover them.
 */
export async function joinCluster(
  log: MetadataLog,
  controller: Controller,
  node: JoiningNode,
): Promise<void> {
  const incarnationId = randomUuid(node.random.fork('incarnation'));
  const steps: Promise<unknown>[] = [log.lead(node.nodeId, node.quorumEpoch)];
  steps.push(writeQuorumState(node.disk, log.directory, { nodeId: node.nodeId, leaderEpoch: log.epoch }));
  if (node.hasOpenTransaction) {
    const abort = { type: 'AbortTransaction', data: AbortTransactionRecord.create() } as const;
    steps.push(log.append(log.encode([abort])));
  }
  if (node.bootstrap.length > 0) {
    steps.push(controller.run(() => ({ records: node.bootstrap, response: undefined })));
  }
  steps.push(controller.run((state) => registerBroker(state, { ...node, incarnationId })));
  steps.push(elect(controller));
  await Promise.all(steps);
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
