import { Buffer } from 'node:buffer';

/** The uuid of sixteen zero bytes: "none" on the wire. */
export const ZERO_UUID = 'AAAAAAAAAAAAAAAAAAAAAA';

const UUID_TEXT_LENGTH = 22;
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const sextets = new Int8Array(128).fill(-1);
for (let index = 0; index < alphabet.length; index++) sextets[alphabet.charCodeAt(index)] = index;

/** Reads sixteen bytes as URL-safe base64 without padding, the text form Kafka's tools print. */
export function readUuid(buffer: Buffer, position: number): string {
  if (isZero(buffer, position)) return ZERO_UUID;
  return buffer.toString('base64url', position, position + 16);
}

/** Writes the sixteen bytes of a uuid text. Answers false, with bytes half written, when the text is not a uuid. */
export function writeUuid(buffer: Buffer, position: number, text: string): boolean {
  if (text.length !== UUID_TEXT_LENGTH) return false;
  let bits = 0;
  let bitCount = 0;
  let at = position;
  for (let index = 0; index < UUID_TEXT_LENGTH; index++) {
    const sextet = sextets[text.charCodeAt(index)] ?? -1;
    if (sextet < 0) return false;
    bits = (bits << 6) | sextet;
    bitCount += 6;
    if (bitCount < 8) continue;
    bitCount -= 8;
    buffer[at++] = bits >>> bitCount;
    bits &= (1 << bitCount) - 1;
  }
  // Two texts of one uuid would differ as map keys, so the four bits past the sixteenth byte must be zero.
  return bits === 0;
}

/** Is this the text form of a uuid? */
export function isUuid(text: string): boolean {
  return writeUuid(Buffer.allocUnsafe(16), 0, text);
}

function isZero(buffer: Buffer, position: number): boolean {
  for (let at = position; at < position + 16; at++) if (buffer[at] !== 0) return false;
  return true;
}
