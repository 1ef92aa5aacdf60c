/**
 * A segment reaches further than its indexes can tell: offsets in it do not fit int32 relative to its base. Older
 * brokers left such segments behind compaction. Whoever opens the partition splits the segment and begins again.
 */
export class OffsetOverflow extends Error {
  readonly baseOffset: number;

  constructor(baseOffset: number, offset: number) {
    super(`Offset ${offset} is too far from ${baseOffset}, where its segment begins`);
    this.baseOffset = baseOffset;
  }
}
