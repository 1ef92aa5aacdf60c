import { KafkaError } from '@millrace/protocol';
import { DeliveryState } from '../state/state-batch.ts';

/** What a consumer says of a record, by Kafka's numbers. Gap: there is no record at this offset. */
export const AcknowledgeType = { gap: 0, accept: 1, release: 2, reject: 3, renew: 4 } as const;

/** A range of offsets and what is said of it: one type for all, or one for each. */
export interface AcknowledgementBatch {
  readonly firstOffset: number;
  readonly lastOffset: number;
  readonly acknowledgeTypes: readonly number[];
}

/** Where a record goes that was acknowledged so; `undefined` for renewals, which change no state. */
export function stateAfter(acknowledgeType: number): DeliveryState | undefined {
  switch (acknowledgeType) {
    case AcknowledgeType.accept:
      return DeliveryState.acknowledged;
    case AcknowledgeType.release:
      return DeliveryState.available;
    case AcknowledgeType.gap:
    case AcknowledgeType.reject:
      return DeliveryState.archived;
    default:
      return undefined;
  }
}

/**
 * Checks what can be said of acknowledgements without looking at the records.
 * @throws KafkaError INVALID_REQUEST, without a text as in Apache Kafka
 */
export function checkAcknowledgements(
  batches: readonly AcknowledgementBatch[],
  allowed: { readonly renew: boolean },
): void {
  const highest = allowed.renew ? AcknowledgeType.renew : AcknowledgeType.reject;
  let endOffset = -1;
  for (const { firstOffset, lastOffset, acknowledgeTypes: types } of batches) {
    const count = lastOffset - firstOffset + 1;
    const isLegal =
      firstOffset <= lastOffset &&
      firstOffset >= endOffset &&
      types.length > 0 &&
      (types.length === 1 || types.length === count) &&
      types.every((type) => type >= AcknowledgeType.gap && type <= highest);
    if (!isLegal) throw new KafkaError('INVALID_REQUEST', '');
    endOffset = lastOffset;
  }
}

/** The ranges of a batch that are acknowledged alike. */
export function* acknowledgedRanges({
  firstOffset,
  lastOffset,
  acknowledgeTypes: types,
}: AcknowledgementBatch): Generator<{
  readonly firstOffset: number;
  readonly lastOffset: number;
  readonly type: number;
}> {
  if (types.length === 1) {
    yield { firstOffset, lastOffset, type: types[0]! };
    return;
  }
  for (let at = 0; at < types.length;) {
    let next = at + 1;
    while (next < types.length && types[next] === types[at]) next++;
    yield { firstOffset: firstOffset + at, lastOffset: firstOffset + next - 1, type: types[at]! };
    at = next;
  }
}
