const OFFSET_ENTRY_BYTES = 8;
const TIME_ENTRY_BYTES = 12;

export interface RawOffsetEntry {
  /** In the index file. */
  readonly at: number;
  readonly offset: number;
  readonly logPosition: number;
}

export interface RawTimeEntry {
  readonly at: number;
  readonly timestampMs: number;
  readonly offset: number;
}

/** What an index file holds, whether it makes sense or not. */
export interface RawIndex<Entry> {
  readonly entries: readonly Entry[];
  /** Bytes of the entries; behind them are the zeros of space that was reserved, or a part of an entry. */
  readonly usedBytes: number;
}

/** An entry of zeros is the first of the reserved ones: the first batch of a segment never has an entry. */
export function readOffsetIndex(content: Buffer, baseOffset: number): RawIndex<RawOffsetEntry> {
  const usedBytes = usedLength(content, OFFSET_ENTRY_BYTES);
  const entries: RawOffsetEntry[] = [];
  for (let at = 0; at < usedBytes; at += OFFSET_ENTRY_BYTES) {
    const offset = baseOffset + content.readInt32BE(at);
    entries.push({ at, offset, logPosition: content.readInt32BE(at + 4) });
  }
  return { entries, usedBytes };
}

export function readTimeIndex(content: Buffer, baseOffset: number): RawIndex<RawTimeEntry> {
  const usedBytes = usedLength(content, TIME_ENTRY_BYTES);
  const entries: RawTimeEntry[] = [];
  for (let at = 0; at < usedBytes; at += TIME_ENTRY_BYTES) {
    const timestampMs = Number(content.readBigInt64BE(at));
    entries.push({ at, timestampMs, offset: baseOffset + content.readInt32BE(at + 8) });
  }
  return { entries, usedBytes };
}

function usedLength(content: Buffer, entryBytes: number): number {
  let used = Math.floor(content.length / entryBytes) * entryBytes;
  while (used > 0 && isZero(content, used - entryBytes, used)) used -= entryBytes;
  return used;
}

function isZero(content: Buffer, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if (content[at] !== 0) return false;
  return true;
}
