/**
 * The partition of an internal topic that coordinates `id`: abs(hash) mod `partitionCount`, where hash is Java's
 * `String.hashCode` (UTF-16 units, 32-bit wrap) and abs(-2^31) counts as 0 (`Utils.abs` of Apache Kafka).
 */
export function coordinatorPartition(id: string, partitionCount: number): number {
  const hash = javaStringHash(id);
  const absolute = hash === -0x8000_0000 ? 0 : Math.abs(hash);
  return absolute % partitionCount;
}

/** Java's `String.hashCode()`. */
export function javaStringHash(text: string): number {
  let hash = 0;
  // Java hashes UTF-16 units, halves of surrogate pairs one by one.
  const units = Buffer.from(text, 'utf16le');
  for (let position = 0; position < units.length; position += 2) {
    hash = (Math.imul(hash, 31) + units.readUInt16LE(position)) | 0;
  }
  return hash;
}
