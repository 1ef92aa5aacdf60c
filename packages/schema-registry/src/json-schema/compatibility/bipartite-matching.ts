/**
 * A largest possible matching between two sides, by augmenting paths: `partners[left]` lists the right sides that may go with
 * `left`. The answer has the chosen right side for each left one. O(left x pairs).
 */
export function maximumMatching(
  partners: readonly (readonly number[])[],
  rightCount: number,
): (number | undefined)[] {
  const leftOf = Array.from<number | undefined>({ length: rightCount });
  for (const left of partners.keys()) augment(left, partners, leftOf, new Set());
  const rightOf = Array.from<number | undefined>({ length: partners.length });
  for (const [right, left] of leftOf.entries()) if (left !== undefined) rightOf[left] = right;
  return rightOf;
}

/** Finds a place for `left`, moving others to their other partners where that frees one. */
function augment(
  left: number,
  partners: readonly (readonly number[])[],
  leftOf: (number | undefined)[],
  tried: Set<number>,
): boolean {
  for (const right of partners[left] ?? []) {
    if (tried.has(right)) continue;
    tried.add(right);
    const holder = leftOf[right];
    if (holder === undefined || augment(holder, partners, leftOf, tried)) {
      leftOf[right] = left;
      return true;
    }
  }
  return false;
}
