/** Where a record of a share group is, by the numbers that Apache Kafka persists. */
export const DeliveryState = { available: 0, acquired: 1, acknowledged: 2, archived: 4 } as const;
export type DeliveryState = (typeof DeliveryState)[keyof typeof DeliveryState];

/** Will nobody be given the record again? */
export function isTerminal(state: number): boolean {
  return state === DeliveryState.acknowledged || state === DeliveryState.archived;
}

/** Neighbouring records that are in the same state and were delivered equally often. */
export interface StateBatch {
  readonly firstOffset: number;
  readonly lastOffset: number;
  readonly deliveryState: number;
  readonly deliveryCount: number;
}

/**
 * Puts `changes` over what is known, and drops what is before `startOffset`. Where both speak of a record, the one that
 * was delivered more often wins, and with equal counts the one whose state is further on: a change that comes late, or
 * twice, changes nothing.
 *
 * @returns batches in order of their offsets, without overlap; neighbours that are alike are one
 */
export function mergeStateBatches(
  known: readonly StateBatch[],
  changes: readonly StateBatch[],
  startOffset: number,
): StateBatch[] {
  const cut = (batches: readonly StateBatch[]) => batches.flatMap((batch) => cutBefore(batch, startOffset));
  return joinNeighbours(mergeTwo(cut(known), inOrder(cut(changes))));
}

function cutBefore(batch: StateBatch, startOffset: number): readonly StateBatch[] {
  if (batch.lastOffset < startOffset || batch.lastOffset < batch.firstOffset) return [];
  return batch.firstOffset >= startOffset ? [batch] : [{ ...batch, firstOffset: startOffset }];
}

/** Changes of one request should not overlap. Where they do, each is put over those before it. */
function inOrder(changes: readonly StateBatch[]): readonly StateBatch[] {
  const sorted = changes.toSorted((a, b) => a.firstOffset - b.firstOffset);
  const isDisjoint = sorted.every((batch, at) => at === 0 || batch.firstOffset > sorted[at - 1]!.lastOffset);
  if (isDisjoint) return sorted;
  return changes.reduce<readonly StateBatch[]>((merged, change) => mergeTwo(merged, [change]), []);
}

/** Both are in order and without overlap. */
function mergeTwo(known: readonly StateBatch[], changes: readonly StateBatch[]): StateBatch[] {
  const merged: StateBatch[] = [];
  let [knownAt, changeAt] = [0, 0];
  let [batch, change] = [known[0], changes[0]];
  while (batch !== undefined && change !== undefined) {
    if (batch.lastOffset < change.firstOffset) {
      merged.push(batch);
      batch = known[++knownAt];
    } else if (change.lastOffset < batch.firstOffset) {
      merged.push(change);
      change = changes[++changeAt];
    } else if (batch.firstOffset < change.firstOffset) {
      merged.push({ ...batch, lastOffset: change.firstOffset - 1 });
      batch = { ...batch, firstOffset: change.firstOffset };
    } else if (change.firstOffset < batch.firstOffset) {
      merged.push({ ...change, lastOffset: batch.firstOffset - 1 });
      change = { ...change, firstOffset: batch.firstOffset };
    } else {
      const lastOffset = Math.min(batch.lastOffset, change.lastOffset);
      merged.push({ ...(isAhead(batch, change) ? batch : change), lastOffset });
      batch = rest(batch, lastOffset) ?? known[++knownAt];
      change = rest(change, lastOffset) ?? changes[++changeAt];
    }
  }
  if (batch !== undefined) merged.push(batch, ...known.slice(knownAt + 1));
  if (change !== undefined) merged.push(change, ...changes.slice(changeAt + 1));
  return merged;
}

function rest(batch: StateBatch, lastOffset: number): StateBatch | undefined {
  return batch.lastOffset > lastOffset ? { ...batch, firstOffset: lastOffset + 1 } : undefined;
}

function isAhead(known: StateBatch, change: StateBatch): boolean {
  if (known.deliveryCount !== change.deliveryCount) return known.deliveryCount > change.deliveryCount;
  return known.deliveryState > change.deliveryState;
}

function joinNeighbours(batches: readonly StateBatch[]): StateBatch[] {
  const joined: StateBatch[] = [];
  for (const batch of batches) {
    const last = joined.at(-1);
    if (last !== undefined && isContinuedBy(last, batch))
      joined[joined.length - 1] = { ...last, lastOffset: batch.lastOffset };
    else joined.push(batch);
  }
  return joined;
}

function isContinuedBy(a: StateBatch, b: StateBatch): boolean {
  return (
    a.lastOffset + 1 === b.firstOffset &&
    a.deliveryState === b.deliveryState &&
    a.deliveryCount === b.deliveryCount
  );
}
