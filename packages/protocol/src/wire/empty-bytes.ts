import { Buffer } from 'node:buffer';

/** The default of byte fields. One instance is enough, because it has nothing that could change. */
export const EMPTY_BYTES: Buffer = Buffer.alloc(0);
