import type { Buffer } from 'node:buffer';

/** A tagged field that this version of the library does not know. Kept on read and written back (KIP-482). */
export interface UnknownTaggedField {
  readonly tag: number;
  /** The undecoded value: a slice of the bytes that were read. */
  readonly value: Buffer;
}
