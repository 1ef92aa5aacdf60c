import { SourceBuilder } from '../../codec/source-builder.ts';
import type { PayloadShape } from './payload-shape.ts';

/**
 * Writes a value that fits its schema as JSON in UTF-8 into `target` from `start`, and answers where it ended; -1 when
 * something came that the code was not made for (an unpaired surrogate, `toJSON`, too little room), and `JSON.stringify` has to
 * write it.
 */
export type PayloadWriter = (value: unknown, target: Buffer, start: number) => number;

/**
 * A writer made for one shape: names of members are part of the code, and everything goes straight to bytes. Members come in
 * the order of the schema. Undefined when the shape has parts that nothing is known about.
 */
export function payloadWriter(shape: PayloadShape): PayloadWriter | undefined {
  if (shape.kind !== 'object' || !isKnown(shape)) return undefined;
  return new WriterSource().compile(shape);
}

/** Objects that may have further members are not: what those are is not in the code. */
function isKnown(shape: PayloadShape): boolean {
  if (shape.kind === 'any') return false;
  if (shape.kind === 'array') return isKnown(shape.items);
  return shape.kind !== 'object' || (shape.isClosed && [...shape.members.values()].every(isKnown));
}

/**
 * The functions share the bytes and the position `p`, so that no object is made for them; false stands for "not made for this".
 *
 * A number with few decimals is written by its digits: with at most 15 of them, no other decimal of that length has the same
 * value, so this is the text that JavaScript prints too.
 */
const PRELUDE = `
let d, p = 0, end = 0;
function text(s) {
  const length = s.length;
  if (p + 3 * length + 2 > end) return false;
  d[p++] = 34;
  for (let i = 0; i < length; i++) {
    const c = s.charCodeAt(i);
    if (c < 128) {
      if (c < 32 || c === 34 || c === 92) return false;
      d[p++] = c;
    } else if (c < 2048) {
      d[p++] = 192 | (c >> 6);
      d[p++] = 128 | (c & 63);
    } else {
      if (c >= 55296 && c <= 57343) return false;
      d[p++] = 224 | (c >> 12);
      d[p++] = 128 | ((c >> 6) & 63);
      d[p++] = 128 | (c & 63);
    }
  }
  d[p++] = 34;
  return true;
}
function plain(s) {
  const length = s.length;
  if (p + length > end) return false;
  for (let i = 0; i < length; i++) d[p++] = s.charCodeAt(i);
  return true;
}
function digits(n, decimals) {
  let count = 1;
  for (let rest = n; rest >= 10; rest = Math.trunc(rest / 10)) count++;
  if (count <= decimals) count = decimals + 1;
  p += decimals > 0 ? count + 1 : count;
  let at = p;
  let rest = n;
  for (let written = 0; written < count; written++) {
    if (decimals > 0 && written === decimals) d[--at] = 46;
    const shorter = rest < 2147483648 ? (rest / 10) | 0 : Math.trunc(rest / 10);
    d[--at] = 48 + (rest - shorter * 10);
    rest = shorter;
  }
}
function number(n) {
  if (p + 32 > end) return false;
  if (n < 0) { d[p++] = 45; n = -n; }
  if (n <= 999999999999999 && Math.trunc(n) === n) { digits(n, 0); return true; }
  if (n >= 0.01 && n < 10000000000) {
    const cents = Math.round(n * 100);
    if (cents / 100 === n) {
      if (cents % 10 === 0) digits(cents / 10, 1);
      else digits(cents, 2);
      return true;
    }
  }
  return plain(String(n));
}
function boolean(b) { return plain(b ? 'true' : 'false'); }
function scalar(v) {
  if (typeof v === 'string') return text(v);
  if (typeof v === 'number') return number(v);
  return plain(String(v));
}`;

function entryPoint(name: string): string {
  return `function write(value, target, start) {
  d = target; p = start; end = target.length;
  const isWritten = ${name}(value);
  d = undefined;
  return isWritten ? p : -1;
}`;
}

class WriterSource {
  readonly #source = new SourceBuilder();

  compile(shape: PayloadShape): PayloadWriter {
    this.#source.define(PRELUDE);
    this.#source.define(entryPoint(this.#functionFor(shape)));
    return this.#source.compile('write') as PayloadWriter;
  }

  /** The name of the function that writes a shape. */
  #functionFor(shape: PayloadShape): string {
    switch (shape.kind) {
      case 'string':
        return 'text';
      case 'number':
      case 'boolean':
      case 'scalar':
        return shape.kind;
      case 'choice':
        return 'text';
      case 'any':
        return 'scalar';
      case 'array':
        return this.#declare((name) => this.#arrayFunction(name, shape.items));
      case 'object':
        return this.#declare((name) => this.#objectFunction(name, shape.members));
    }
  }

  #declare(make: (name: string) => string): string {
    const name = this.#source.name('write');
    this.#source.define(make(name));
    return name;
  }

  #arrayFunction(name: string, items: PayloadShape): string {
    return `function ${name}(v) {
  if (v.toJSON !== undefined || p + 2 > end) return false;
  d[p++] = 91;
  for (let i = 0; i < v.length; i++) {
    if (i > 0) d[p++] = 44;
    if (!${this.#functionFor(items)}(v[i])) return false;
    if (p + 2 > end) return false;
  }
  d[p++] = 93;
  return true;
}`;
  }

  /** The comma stands before a member; the first one's becomes the brace. */
  #objectFunction(name: string, members: ReadonlyMap<string, PayloadShape>): string {
    const writes = [...members].map(([member, shape]) => {
      const key = Buffer.from(`,${JSON.stringify(member)}:`);
      return `  m = v[${JSON.stringify(member)}];
  if (m !== undefined) {
    if (p + ${key.length + 2} > end) return false;
    ${[...key].map((byte, index) => `d[p${index === 0 ? '' : ` + ${index}`}] = ${byte};`).join(' ')}
    p += ${key.length};
    if (!${this.#functionFor(shape)}(m)) return false;
  }`;
    });
    return `function ${name}(v) {
  if (v.toJSON !== undefined || p + 2 > end) return false;
  const start = p;
  let m;
${writes.join('\n')}
  if (p + 2 > end) return false;
  if (p === start) p++;
  d[start] = 123;
  d[p++] = 125;
  return true;
}`;
  }
}
