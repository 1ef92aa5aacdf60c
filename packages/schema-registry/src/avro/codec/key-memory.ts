/** Keys that are remembered; a power of two. */
const SLOTS = 256;
/** Longer keys are not: comparing them costs what is won. */
const MAX_KEY_BYTES = 32;

/**
 * Keys of maps that were read lately. The same few keys occur in every record; taking the text that is an object's key
 * already saves making one and looking it up in the engine's table of names: a quarter of the time that a map takes.
 */
export class KeyMemory {
  readonly #keys: (string | undefined)[] = Array.from({ length: SLOTS });

  /** The key of ASCII that stands in `data`, if it was the last one of its slot; else the slot, negative. */
  find(data: Buffer, from: number, length: number): string | number {
    if (length > MAX_KEY_BYTES) return -1;
    let hash = length;
    for (let index = 0; index < length; index += 1)
      hash = (Math.imul(hash, 31) + (data[from + index] as number)) | 0;
    const slot = hash & (SLOTS - 1);
    const key = this.#keys[slot];
    if (key === undefined || key.length !== length) return -2 - slot;
    for (let index = 0; index < length; index += 1) {
      if (key.charCodeAt(index) !== data[from + index]) return -2 - slot;
    }
    return key;
  }

  /** Remembers a key in the slot that {@link find} named. */
  keep(slot: number, key: string, bytes: number): void {
    // Characters are bytes only in ASCII. What an object calls its key is the text of the engine's table.
    if (slot <= -2 && key.length === bytes) [this.#keys[-2 - slot]] = Object.keys({ [key]: 0 });
  }
}
