/**
 * The least of the values that at least this share of them does not exceed, so always one that was measured.
 *
 * @param share From 0, the least value, to 1, the greatest
 * @returns `NaN` where there are no values
 */
export function quantile(values: readonly number[], share: number): number {
  const rank = Math.max(1, Math.ceil(values.length * share));
  return values.toSorted((a, b) => a - b)[rank - 1] ?? Number.NaN;
}
