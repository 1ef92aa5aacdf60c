import { MAX_SHORT_LENGTH, shortAscii } from '../../codec/short-ascii.ts';
import { SourceBuilder } from '../../codec/source-builder.ts';
import type { PayloadShape } from './payload-shape.ts';

/**
 * Reads a JSON text from bytes; undefined when something came that the code was not made for, and `JSON.parse` has to read it (or
 * refuse it). What it does read is what `JSON.parse` reads.
 */
export type PayloadReader = (data: Buffer, offset: number, end: number) => unknown;

/**
 * A reader made for one shape: members are expected by name, in the order of the schema, and read straight from the bytes.
 * Undefined when the shape has parts that nothing is known about.
 */
export function payloadReader(shape: PayloadShape): PayloadReader | undefined {
  if (shape.kind !== 'object' || !isKnown(shape)) return undefined;
  return new ReaderSource().compile(shape);
}

function isKnown(shape: PayloadShape): boolean {
  if (shape.kind === 'any') return false;
  if (shape.kind === 'array') return isKnown(shape.items);
  if (shape.kind !== 'object') return true;
  return [...shape.members].every(([name, member]) => name !== '__proto__' && isKnown(member));
}

/** The functions share the bytes and the position `p`, so that no object is made for them. `FAIL` stands for "not made for this". */
const PRELUDE = `
const FAIL = {};
let d, p = 0, end = 0;
const POWERS = [1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];
function space() { let c = d[p]; while (c === 32 || c === 10 || c === 13 || c === 9) c = d[++p]; return c; }
function text() {
  if (d[p] !== 34) return FAIL;
  const from = ++p;
  let c = d[p], or = 0;
  while (c !== 34) { if (c === 92 || c < 32 || p >= end) return FAIL; or |= c; c = d[++p]; }
  if (p >= end) return FAIL;
  const length = p++ - from;
  if (or > 127) return d.utf8Slice(from, from + length);
  return length <= ${MAX_SHORT_LENGTH} ? shortAscii(d, from, length) : d.latin1Slice(from, from + length);
}
function number() {
  const isNegative = d[p] === 45;
  if (isNegative) p++;
  const from = p;
  let c = d[p], n = 0;
  while (c >= 48 && c <= 57) { n = n * 10 + c - 48; c = d[++p]; }
  let digits = p - from;
  if (digits === 0 || (digits > 1 && d[from] === 48)) return FAIL;
  if (c === 46) {
    const point = ++p;
    c = d[p];
    while (c >= 48 && c <= 57) { n = n * 10 + c - 48; c = d[++p]; }
    const decimals = p - point;
    digits += decimals;
    if (decimals === 0 || digits > 15) return FAIL;
    n /= POWERS[decimals];
  }
  if (digits > 15 || c === 101 || c === 69 || p > end) return FAIL;
  return isNegative ? -n : n;
}
function word() {
  const c = d[p];
  if (c === 116 && d[p + 1] === 114 && d[p + 2] === 117 && d[p + 3] === 101) { p += 4; return true; }
  if (c === 102 && d[p + 1] === 97 && d[p + 2] === 108 && d[p + 3] === 115 && d[p + 4] === 101) { p += 5; return false; }
  if (c === 110 && d[p + 1] === 117 && d[p + 2] === 108 && d[p + 3] === 108) { p += 4; return null; }
  return FAIL;
}
function scalar() {
  const c = d[p];
  if (c === 34) return text();
  return c === 45 || (c >= 48 && c <= 57) ? number() : word();
}`;

/** After the value nothing but blanks may come, and the bytes must not have been read past their end. */
function entryPoint(name: string): string {
  return `function read(data, offset, limit) {
  d = data; p = offset; end = limit;
  space();
  const v = ${name}();
  if (v !== FAIL && p < end) space();
  d = undefined;
  return v === FAIL || p !== end ? undefined : v;
}`;
}

class ReaderSource {
  readonly #source = new SourceBuilder();

  compile(shape: PayloadShape): PayloadReader {
    this.#source.define(`const shortAscii = ${this.#source.constant(shortAscii)};${PRELUDE}`);
    this.#source.define(entryPoint(this.#functionFor(shape)));
    return this.#source.compile('read') as PayloadReader;
  }

  /** The name of the function that reads a shape. */
  #functionFor(shape: PayloadShape): string {
    switch (shape.kind) {
      case 'string':
        return 'text';
      case 'number':
        return 'number';
      case 'boolean':
        return 'word';
      case 'scalar':
      case 'any':
        return 'scalar';
      case 'choice':
        return this.#declare((name) => choiceFunction(name, shape.texts));
      case 'array':
        return this.#declare((name) => this.#arrayFunction(name, shape.items));
      case 'object':
        return this.#declare((name) => this.#objectFunction(name, shape.members));
    }
  }

  #declare(make: (name: string) => string): string {
    const name = this.#source.name('read');
    this.#source.define(make(name));
    return name;
  }

  #arrayFunction(name: string, items: PayloadShape): string {
    return `function ${name}() {
  if (d[p] !== 91) return FAIL;
  p++;
  const list = [];
  if (space() === 93) { p++; return list; }
  for (;;) {
    const v = ${this.#functionFor(items)}();
    if (v === FAIL) return FAIL;
    list.push(v);
    const c = space();
    p++;
    if (c === 93) return list;
    if (c !== 44) return FAIL;
    space();
  }
}`;
  }

  /** Each member is tried in turn, beginning after the one before; a member out of its turn is for \`JSON.parse\`. */
  #objectFunction(name: string, members: ReadonlyMap<string, PayloadShape>): string {
    const tries = [...members].map(
      ([member, shape]) => `  if (${matches(`${JSON.stringify(member)}:`)}) {
    p += ${Buffer.byteLength(`${JSON.stringify(member)}:`)};
    space();
    const v = ${this.#functionFor(shape)}();
    if (v === FAIL) return FAIL;
    o[${JSON.stringify(member)}] = v;
    const c = space();
    p++;
    if (c === 125) return o;
    if (c !== 44) return FAIL;
    space();
  }`,
    );
    return `function ${name}() {
  if (d[p] !== 123) return FAIL;
  p++;
  const o = {};
  if (space() === 125) { p++; return o; }
${tries.join('\n')}
  return FAIL;
}`;
  }
}

function choiceFunction(name: string, texts: readonly string[]): string {
  const tries = texts.map((text) => {
    const written = JSON.stringify(text);
    return `  if (${matches(written)}) { p += ${Buffer.byteLength(written)}; return ${written}; }`;
  });
  return `function ${name}() {\n${tries.join('\n')}\n  return FAIL;\n}`;
}

/** Whether the bytes at the position are those of a text. */
function matches(text: string): string {
  return [...Buffer.from(text)]
    .map((byte, index) => `d[p${index === 0 ? '' : ` + ${index}`}] === ${byte}`)
    .join(' && ');
}
