import { batchBaseOffset, isBatchControl } from '@millrace/protocol';
import { MAX_RETAINED_BATCHES, RECALL_BYTES } from '../limits.ts';
import type { SegmentList } from '../segment/segment-list.ts';
import { dataBatch } from './apply-batch.ts';
import type { ProducerBatch, ProducerEntry } from './producer-entry.ts';

/**
 * The batches of a producer, of its epoch, before those that its entry remembers: at most five, from the last 8 MiB
 * before them.
 *
 * A snapshot holds the last batch of each producer. A leader that stops and starts again, with several batches of a
 * producer written and none acknowledged, is sent all of them again; Apache Kafka answers OUT_OF_ORDER_SEQUENCE_NUMBER to
 * all but the last, and the producer, which begins a new epoch then, writes them twice.
 */
export async function recallBatches(segments: SegmentList, entry: ProducerEntry): Promise<ProducerBatch[]> {
  const [first] = entry.batches;
  if (first === undefined) return [];
  const before = first.lastOffset - first.offsetDelta;
  let found: ProducerBatch[] = [];
  let budgetBytes = RECALL_BYTES;
  for (const segment of segments.covering(segments.first.baseOffset, before).toReversed()) {
    if (budgetBytes <= 0 || found.length >= MAX_RETAINED_BATCHES) break;
    const end = await segment.positionOf(before);
    const from = (await segment.index()).offset.boundaryBefore(end - budgetBytes);
    const here: ProducerBatch[] = [];
    await segment.scan(from, false, (buffer, at) => {
      if (batchBaseOffset(buffer, at) >= before) return false;
      const batch = dataBatch(buffer, at);
      const isOwn = batch.producerId === entry.producerId && batch.producerEpoch === entry.producerEpoch;
      if (isOwn && !isBatchControl(buffer, at)) here.push(batch);
      return true;
    });
    found = [...here, ...found].slice(-MAX_RETAINED_BATCHES);
    budgetBytes -= end - from;
  }
  return found;
}
