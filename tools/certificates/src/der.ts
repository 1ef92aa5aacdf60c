/** The few shapes of DER (X.690) that a certificate is made of. */
export const der = {
  sequence: (...parts: readonly Buffer[]) => element(0x30, ...parts),
  set: (...parts: readonly Buffer[]) => element(0x31, ...parts),
  integer: (bytes: Uint8Array) => element(0x02, Buffer.from(bytes)),
  smallInteger: (value: number) => element(0x02, Buffer.from([value])),
  boolean: (value: boolean) => element(0x01, Buffer.from([value ? 0xff : 0])),
  octets: (content: Uint8Array) => element(0x04, Buffer.from(content)),
  bits: (content: Uint8Array, unusedBits = 0) =>
    element(0x03, Buffer.from([unusedBits]), Buffer.from(content)),
  text: (value: string) => element(0x0c, Buffer.from(value, 'utf8')),
  time: (value: Date) =>
    element(0x18, Buffer.from(`${value.toISOString().replace(/[-:T]/g, '').slice(0, 14)}Z`)),
  /** `[number]`; constructed ones hold whole elements, primitive ones only content. */
  tagged: (number: number, content: Buffer, isConstructed: boolean) =>
    element((isConstructed ? 0xa0 : 0x80) | number, content),
  objectId,
};

function element(tag: number, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  return Buffer.concat([Buffer.from([tag]), lengthOf(content.length), content]);
}

function lengthOf(sizeBytes: number): Buffer {
  if (sizeBytes < 0x80) return Buffer.from([sizeBytes]);
  if (sizeBytes < 0x100) return Buffer.from([0x81, sizeBytes]);
  return Buffer.from([0x82, sizeBytes >> 8, sizeBytes & 0xff]);
}

function objectId(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  const bytes = [first * 40 + second];
  for (const arc of rest) {
    const groups = [arc & 0x7f];
    for (let left = arc >>> 7; left > 0; left >>>= 7) groups.unshift((left & 0x7f) | 0x80);
    bytes.push(...groups);
  }
  return element(0x06, Buffer.from(bytes));
}
