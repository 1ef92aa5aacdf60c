import { Buffer } from 'node:buffer';
import * as fc from 'fast-check';

/** Where random messages get their values: fast-check, which shrinks, or a seeded generator, which is fast. */
export interface ValueSource {
  /** Both ends included. */
  integer(min: number, max: number): number;
  boolean(): boolean;
  /** Well-formed Unicode of a few characters. */
  text(): string;
  bytes(): Buffer;
}

/** Values from a fast-check generator, so that a failing message is made smaller. */
export function fastCheckSource(generate: fc.GeneratorValue): ValueSource {
  return {
    integer: (min, max) => generate(fc.integer, { min, max }),
    boolean: () => generate(fc.boolean),
    text: () => generate(fc.string, { unit: 'grapheme', maxLength: 40 }),
    bytes: () => Buffer.from(generate(fc.uint8Array, { maxLength: 40 })),
  };
}

const letters = ['a', 'Z', '0', '-', '.', '_', ' ', 'é', 'ß', '水', '流', '🌊'];

/** Values from a seed: the same seed gives the same values. */
export class SeededSource implements ValueSource {
  #state: number;

  constructor(seed: number) {
    this.#state = seed | 0;
  }

  /** 32 random bits, unsigned (mulberry32). */
  bits(): number {
    this.#state = (this.#state + 0x6d2b_79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  }

  integer(min: number, max: number): number {
    const span = max - min + 1;
    if (span <= 4_294_967_296) return min + Math.floor((this.bits() / 4_294_967_296) * span);
    const wide = (this.bits() & 0x1f_ffff) * 4_294_967_296 + this.bits();
    return min + (wide % span);
  }

  boolean(): boolean {
    return (this.bits() & 1) === 1;
  }

  text(): string {
    let text = '';
    for (let count = this.integer(0, 40); count > 0; count--)
      text += letters[this.integer(0, letters.length - 1)];
    return text;
  }

  bytes(): Buffer {
    const bytes = Buffer.alloc(this.integer(0, 40));
    for (let index = 0; index < bytes.length; index++) bytes[index] = this.bits();
    return bytes;
  }
}
