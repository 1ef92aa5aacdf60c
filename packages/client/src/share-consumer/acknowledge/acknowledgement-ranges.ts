/** Offsets in a row that are acknowledged alike. */
export interface AcknowledgementRange {
  readonly firstOffset: number;
  readonly lastOffset: number;
  readonly acknowledgeTypes: readonly number[];
}

/** @param types what is said of each offset, in any order */
export function acknowledgementRanges(types: ReadonlyMap<number, number>): AcknowledgementRange[] {
  const ranges: AcknowledgementRange[] = [];
  const offsets = Float64Array.from(types.keys()).toSorted();
  for (let start = 0; start < offsets.length;) {
    const firstOffset = offsets[start]!;
    const type = types.get(firstOffset)!;
    let end = start + 1;
    while (
      end < offsets.length &&
      offsets[end] === offsets[end - 1]! + 1 &&
      types.get(offsets[end]!) === type
    )
      end++;
    ranges.push({ firstOffset, lastOffset: offsets[end - 1]!, acknowledgeTypes: [type] });
    start = end;
  }
  return ranges;
}
