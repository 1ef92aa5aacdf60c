/** Bytes of a schema GUID on the wire: the most significant half first, which is the order of its text. */
export const GUID_BYTES = 16;

const guidText = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** @throws RangeError when `text` is no GUID */
export function guidToBytes(text: string): Buffer {
  if (!guidText.test(text)) throw new RangeError(`"${text}" is not a GUID`);
  return Buffer.from(text.replaceAll('-', ''), 'hex');
}

/** The GUID that stands in `data` at `offset`. The caller has checked that 16 bytes are there. */
export function guidFromBytes(data: Buffer, offset: number): string {
  const hex = data.toString('hex', offset, offset + GUID_BYTES);
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
