/** @param share From 0, the least of the values, to 1, the greatest */
export function quantile(values: ArrayLike<number>, share: number): number {
  const index = Math.min(values.length - 1, Math.floor(values.length * share));
  return Float64Array.from(values).toSorted()[index]!;
}
