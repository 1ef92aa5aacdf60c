const POLYNOMIAL = 0x82f63b78;

/** Slicing by 8: table k holds the effect of a byte that lies k bytes before the end of the group. */
const tables = buildTables();

/** CRC-32C (Castagnoli) of `buffer[start, end)` behind what has the CRC `previous`, in plain JavaScript, unsigned. */
export function crc32cPortable(buffer: Uint8Array, start = 0, end = buffer.length, previous = 0): number {
  const [t0, t1, t2, t3, t4, t5, t6, t7] = tables;
  let crc = ~previous;
  let at = start;
  for (const wordsEnd = end - 7; at < wordsEnd; at += 8) {
    crc ^= buffer[at]! | (buffer[at + 1]! << 8) | (buffer[at + 2]! << 16) | (buffer[at + 3]! << 24);
    crc =
      t7[crc & 0xff]! ^
      t6[(crc >>> 8) & 0xff]! ^
      t5[(crc >>> 16) & 0xff]! ^
      t4[crc >>> 24]! ^
      t3[buffer[at + 4]!]! ^
      t2[buffer[at + 5]!]! ^
      t1[buffer[at + 6]!]! ^
      t0[buffer[at + 7]!]!;
  }
  for (; at < end; at++) crc = t0[(crc ^ buffer[at]!) & 0xff]! ^ (crc >>> 8);
  return ~crc >>> 0;
}

type Tables = [
  Int32Array,
  Int32Array,
  Int32Array,
  Int32Array,
  Int32Array,
  Int32Array,
  Int32Array,
  Int32Array,
];

function buildTables(): Tables {
  const built = Array.from({ length: 8 }, () => new Int32Array(256)) as Tables;
  for (let byte = 0; byte < 256; byte++) {
    let crc = byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc & 1) === 0 ? crc >>> 1 : (crc >>> 1) ^ POLYNOMIAL;
    built[0][byte] = crc;
  }
  for (let table = 1; table < 8; table++) {
    const previous = built[table - 1]!;
    for (let byte = 0; byte < 256; byte++) {
      built[table]![byte] = built[0][previous[byte]! & 0xff]! ^ (previous[byte]! >>> 8);
    }
  }
  return built;
}
