import { decodeRecords, RecordBatch } from '@millrace/protocol';
import { ProducerBatch } from './producer-batch.ts';
import type { ProducerSettings } from './producer-settings.ts';

/**
 * Cuts a batch that the broker found too large into smaller ones, which together stand for it: they share its
 * sequences, its memory and its place in the order. Each is at most batch.size and at most half of the whole, so that
 * repeated cutting ends at single records.
 */
export function splitBatch(whole: ProducerBatch, settings: ProducerSettings): ProducerBatch[] {
  const records = decodeRecords(new RecordBatch(whole.encode()));
  const maxBytes = Math.min(settings.batchSizeBytes, Math.ceil(whole.uncompressedBytes / 2));
  const parts: ProducerBatch[] = [];
  let current: ProducerBatch | undefined;
  for (const [index, record] of records.entries()) {
    const input = { topic: whole.topic, key: record.key, value: record.value, headers: record.headers };
    // The last record never joins the first: a whole of two must come apart.
    const mustBegin = index === records.length - 1 && parts.length === 1;
    if (!mustBegin && current?.tryAppend(input, record.timestampMs) === true) continue;
    current = new ProducerBatch({
      topic: whole.topic,
      partition: whole.partition,
      maxBytes,
      initialBytes: maxBytes,
      compression: settings.compression,
      compressionLevel: settings.compressionLevel,
      isTransactional: settings.transactionalId !== undefined,
      reservedBytes: 0,
      createdMs: whole.createdMs,
    });
    current.tryAppend(input, record.timestampMs);
    parts.push(current);
  }
  inherit(whole, parts);
  return parts;
}

function inherit(whole: ProducerBatch, parts: readonly ProducerBatch[]): void {
  const share = Math.floor(whole.reservedBytes / parts.length);
  for (const [index, part] of parts.entries()) {
    part.reservedBytes = index === 0 ? whole.reservedBytes - share * (parts.length - 1) : share;
    part.orderSpan = whole.orderSpan / parts.length;
    part.order = whole.order + index * part.orderSpan;
    part.attempts = whole.attempts;
    part.leaderEpoch = whole.leaderEpoch;
    part.lastFailure = whole.lastFailure;
    part.followed = followedIn(whole, part, parts.slice(0, index));
  }
  whole.completion.followParts(
    parts.map((part) => part.completion),
    parts.map((part) => part.recordCount),
  );
}

/** Whoever follows a record goes on with the part it is in. */
function followedIn(
  whole: ProducerBatch,
  part: ProducerBatch,
  before: readonly ProducerBatch[],
): ProducerBatch['followed'] {
  const start = before.reduce((sum, { recordCount }) => sum + recordCount, 0);
  return whole.followed
    ?.map(({ journey, index }) => ({ journey, index: index - start }))
    .filter(({ index }) => index >= 0 && index < part.recordCount);
}
