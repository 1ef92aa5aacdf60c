import { Buffer } from 'node:buffer';
import type { SeededSource } from '../conformance/value-source.ts';

/** Byte patterns that decoders trip over: the ends of integers, longest varints, null marks, many tags. */
const patterns = [
  '7fffffff',
  'ffffffff',
  '80000000',
  'fffffffe',
  'ffffffff0f',
  'ffffffff07',
  '808080808080808080808001',
  '7fffffffffffffff',
  '8000000000000000',
  '00000000',
  'ffff',
  '7fff',
  '00',
  '01ff',
].map((hex) => Buffer.from(hex, 'hex'));

type Mutation = (bytes: Buffer, source: SeededSource, other: Buffer) => Buffer;

const mutations: readonly Mutation[] = [flipBits, overwrite, truncate, cutOut, insert, cross, noise];

/** Damages a copy of `bytes` in one to three ways; `other` is a second frame to take pieces from. */
export function mutate(bytes: Buffer, source: SeededSource, other: Buffer): Buffer {
  let damaged: Buffer = Buffer.from(bytes);
  for (let count = 1 + (source.bits() % 3); count > 0; count--) {
    const mutation = mutations[source.bits() % mutations.length] as Mutation;
    damaged = mutation(damaged, source, other);
  }
  return damaged;
}

function flipBits(bytes: Buffer, source: SeededSource): Buffer {
  if (bytes.length === 0) return bytes;
  for (let count = 1 + (source.bits() % 8); count > 0; count--) {
    const at = source.bits() % bytes.length;
    bytes[at] = (bytes[at] as number) ^ (1 << (source.bits() & 7));
  }
  return bytes;
}

function overwrite(bytes: Buffer, source: SeededSource): Buffer {
  const pattern = patterns[source.bits() % patterns.length] as Buffer;
  if (bytes.length > 0) pattern.copy(bytes, source.bits() % bytes.length);
  return bytes;
}

function truncate(bytes: Buffer, source: SeededSource): Buffer {
  return bytes.subarray(0, source.bits() % (bytes.length + 1));
}

function cutOut(bytes: Buffer, source: SeededSource): Buffer {
  const from = source.bits() % (bytes.length + 1);
  const to = Math.min(bytes.length, from + 1 + (source.bits() % 8));
  return Buffer.concat([bytes.subarray(0, from), bytes.subarray(to)]);
}

function insert(bytes: Buffer, source: SeededSource): Buffer {
  const at = source.bits() % (bytes.length + 1);
  const pattern = patterns[source.bits() % patterns.length] as Buffer;
  return Buffer.concat([bytes.subarray(0, at), pattern, bytes.subarray(at)]);
}

/** The beginning of one frame and the end of another. */
function cross(bytes: Buffer, source: SeededSource, other: Buffer): Buffer {
  const from = source.bits() % (bytes.length + 1);
  return Buffer.concat([bytes.subarray(0, from), other.subarray(source.bits() % (other.length + 1))]);
}

function noise(bytes: Buffer, source: SeededSource): Buffer {
  const from = source.bits() % (bytes.length + 1);
  for (let at = from; at < bytes.length; at++) bytes[at] = source.bits();
  return bytes;
}
