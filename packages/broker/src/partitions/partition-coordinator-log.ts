import { batchNextOffset, batchSizeBytes, KafkaError } from '@millrace/protocol';
import type { CoordinatorLog } from '../coordinator/coordinator-log.ts';
import type { AppendFrame } from '../coordinator/state-machine.ts';
import type { LeaderPartition } from './leader-partition.ts';

/** A partition of an internal topic, as the coordinator whose state it holds sees it. */
export class PartitionCoordinatorLog implements CoordinatorLog {
  readonly #partition: LeaderPartition;
  readonly #loadBytes: number;

  /** @param loadBytes `offsets.load.buffer.size` */
  constructor(partition: LeaderPartition, loadBytes: number) {
    this.#partition = partition;
    this.#loadBytes = loadBytes;
  }

  async append(batch: Buffer, frame?: AppendFrame, onLogged?: () => void): Promise<void> {
    const { lastOffset } = await this.#partition.append(batch, 'coordinator', {
      verification: frame?.type === 'transactional' ? frame.verification : undefined,
      transactionVersion: frame?.type === 'marker' ? frame.transactionVersion : 0,
    });
    const committed = this.#partition.committed(lastOffset + 1);
    onLogged?.();
    await committed;
  }

  async replay(onBatches: (batches: Buffer) => void): Promise<void> {
    const { log } = this.#partition;
    let offset = log.logStartOffset;
    while (offset < log.logEndOffset) {
      if (this.#partition.isRetired) throw new KafkaError('NOT_LEADER_OR_FOLLOWER', 'Somebody else leads');
      const read = await log.read({
        offset,
        maxBytes: this.#loadBytes,
        minOneMessage: true,
        upTo: 'logEndOffset',
      });
      if (read.sizeBytes === 0) break;
      const batches = read.records.length === 1 ? read.records[0]! : Buffer.concat(read.records);
      onBatches(batches);
      offset = nextOffsetOf(batches);
    }
    await this.#partition.committed(offset);
  }
}

function nextOffsetOf(batches: Buffer): number {
  let position = 0;
  let nextOffset = 0;
  while (position < batches.length) {
    nextOffset = batchNextOffset(batches, position);
    position += batchSizeBytes(batches, position);
  }
  return nextOffset;
}
