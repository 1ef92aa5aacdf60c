import type { Random } from '@millrace/host';
import { WireReader, ZERO_UUID, type UnknownTaggedField } from '@millrace/protocol';

const interestingNumbers = [0, 0, 0, 1, 1, 2, 3, 5, 100, -1, -1, -2];
const extremes = [2_147_483_647, -2_147_483_648, 32_767, -32_768, 127, 255];
const MOST_ELEMENTS = 3;

/**
 * A reader without bytes: whatever a message asks for is made up. Any codec's `read` then yields a message of the right
 * shape for its version, without knowing its fields.
 */
export class RandomReader extends WireReader {
  readonly #random: Random;

  constructor(random: Random) {
    super(Buffer.alloc(0));
    this.#random = random;
  }

  override boolean(): boolean {
    return this.#below(2) === 0;
  }

  override int8(): number {
    return this.#number(8);
  }

  override int16(): number {
    return this.#number(16);
  }

  override uint16(): number {
    return Math.abs(this.#number(16));
  }

  override int32(): number {
    return this.#number(32);
  }

  override uint32(): number {
    return this.#random.uint32();
  }

  override int64(): number {
    return this.#below(20) === 0 ? Number.MAX_SAFE_INTEGER : this.#number(32);
  }

  override float64(): number {
    return this.#number(32) / 3;
  }

  override uuid(): string {
    return this.#below(2) === 0 ? ZERO_UUID : this.#random.bytes(16).toString('base64url');
  }

  override string(): string {
    return this.#below(8) === 0 ? 'x'.repeat(300) : `text-${this.#below(3)}`;
  }

  override nullableString(): string | null {
    return this.#below(3) === 0 ? null : this.string();
  }

  override bytes(): Buffer {
    return this.#random.bytes(this.#below(40));
  }

  override nullableBytes(): Buffer | null {
    return this.#below(4) === 0 ? null : this.bytes();
  }

  override slice(length: number): Buffer {
    return this.#random.bytes(length);
  }

  override arrayLength(): number {
    return this.#below(5) === 0 ? 0 : 1 + this.#below(MOST_ELEMENTS);
  }

  override nullableArrayLength(): number {
    return this.#below(6) === 0 ? -1 : this.arrayLength();
  }

  override int32Elements(count: number): number[] {
    return Array.from({ length: count }, () => this.int32());
  }

  override unknownTaggedFields(): UnknownTaggedField[] | undefined {
    return this.#below(30) === 0 ? [{ tag: 90 + this.#below(5), value: this.bytes() }] : undefined;
  }

  override tagCount(): number {
    return this.#below(4) === 0 ? 1 : 0;
  }

  override nextTag(): number {
    return this.#below(3);
  }

  override tagSize(): number {
    return this.#below(10);
  }

  override endTag(): void {}

  #number(bits: 8 | 16 | 32): number {
    if (this.#below(12) !== 0) return interestingNumbers[this.#below(interestingNumbers.length)]!;
    const value = extremes[this.#below(extremes.length)]!;
    return bits === 32 ? value : Math.max(-(2 ** (bits - 1)), Math.min(2 ** (bits - 1) - 1, value));
  }

  #below(limit: number): number {
    return this.#random.uint32() % limit;
  }
}
