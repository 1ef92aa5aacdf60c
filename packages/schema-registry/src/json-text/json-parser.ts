import { InvalidSchemaError } from '../errors.ts';
import type { JsonNode } from './json-node.ts';
import { MAX_NESTING_LEVELS, MAX_SCHEMA_CHARACTERS } from '../json-schema/limits.ts';
import { placeOfOffset } from './text-place.ts';

/**
 * Reads a JSON text (RFC 8259).
 * @throws InvalidSchemaError with line and column for a text that is no JSON, is too long or too deeply nested
 */
export function parseJson(text: string): JsonNode {
  if (text.length > MAX_SCHEMA_CHARACTERS) {
    throw new InvalidSchemaError(
      `The schema has ${text.length} characters, the limit is ${MAX_SCHEMA_CHARACTERS}`,
    );
  }
  return new JsonParser(text).document();
}

const SIMPLE_ESCAPES: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};
const LITERALS = [
  ['true', true],
  ['false', false],
  ['null', null],
] as const;
const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
const WHITE_SPACE = /[ \t\n\r]*/y;
/** Everything of a string up to its end or an escape. Sticky, and one class only: linear. */
const PLAIN_CHARACTERS = /[ !#-[\]-\uffff]*/y;

class JsonParser {
  readonly #text: string;
  #offset = 0;
  #depth = 0;

  constructor(text: string) {
    this.#text = text;
  }

  document(): JsonNode {
    this.#skipSpace();
    const node = this.#value();
    this.#skipSpace();
    if (this.#offset < this.#text.length) this.#fail('Nothing may follow the JSON value');
    return node;
  }

  #value(): JsonNode {
    switch (this.#text.charAt(this.#offset)) {
      case '{':
        return this.#nested(() => this.#object());
      case '[':
        return this.#nested(() => this.#array());
      case '"': {
        const offset = this.#offset;
        return { kind: 'string', offset, value: this.#string() };
      }
      default:
        return this.#scalar();
    }
  }

  #nested(read: () => JsonNode): JsonNode {
    this.#depth += 1;
    if (this.#depth > MAX_NESTING_LEVELS) {
      this.#fail(`The schema is nested more than ${MAX_NESTING_LEVELS} levels deep`);
    }
    const node = read();
    this.#depth -= 1;
    return node;
  }

  #object(): JsonNode {
    const offset = this.#offset;
    const members = new Map<string, JsonNode>();
    this.#offset += 1;
    this.#skipSpace();
    if (this.#accept('}')) return { kind: 'object', offset, members };
    do {
      this.#skipSpace();
      if (this.#text[this.#offset] !== '"') this.#fail('A member name in double quotes belongs here');
      const name = this.#string();
      this.#skipSpace();
      if (!this.#accept(':')) this.#fail(`A colon belongs after the member name ${JSON.stringify(name)}`);
      this.#skipSpace();
      members.set(name, this.#value());
      this.#skipSpace();
    } while (this.#accept(','));
    if (!this.#accept('}')) this.#fail('A comma or the end of the object belongs here');
    return { kind: 'object', offset, members };
  }

  #array(): JsonNode {
    const offset = this.#offset;
    const items: JsonNode[] = [];
    this.#offset += 1;
    this.#skipSpace();
    if (this.#accept(']')) return { kind: 'array', offset, items };
    do {
      this.#skipSpace();
      items.push(this.#value());
      this.#skipSpace();
    } while (this.#accept(','));
    if (!this.#accept(']')) this.#fail('A comma or the end of the array belongs here');
    return { kind: 'array', offset, items };
  }

  #string(): string {
    let value = '';
    this.#offset += 1;
    for (;;) {
      value += this.#take(PLAIN_CHARACTERS);
      const character = this.#text[this.#offset];
      if (character === '"') break;
      if (character === undefined) this.#fail('The text ends inside a string');
      if (character !== '\\') this.#fail('A control character in a string has to be written as an escape');
      value += this.#escape();
    }
    this.#offset += 1;
    return value;
  }

  #escape(): string {
    const kind = this.#text[this.#offset + 1] ?? '';
    if (kind === 'u') {
      const digits = this.#text.slice(this.#offset + 2, this.#offset + 6);
      if (!/^[0-9a-fA-F]{4}$/.test(digits)) this.#fail('Four hexadecimal digits belong after \\u');
      this.#offset += 6;
      return String.fromCharCode(Number.parseInt(digits, 16));
    }
    const character = SIMPLE_ESCAPES[kind];
    if (character === undefined) this.#fail(`JSON has no escape \\${kind}`);
    this.#offset += 2;
    return character;
  }

  #scalar(): JsonNode {
    const offset = this.#offset;
    for (const [word, value] of LITERALS) {
      if (this.#text.startsWith(word, offset)) {
        this.#offset += word.length;
        return { kind: 'literal', offset, value };
      }
    }
    const lexeme = this.#take(NUMBER);
    if (lexeme === '') {
      this.#fail(
        offset >= this.#text.length ? 'The text ends where a value belongs' : 'A JSON value belongs here',
      );
    }
    return { kind: 'number', offset, lexeme };
  }

  #skipSpace(): void {
    this.#take(WHITE_SPACE);
  }

  #take(pattern: RegExp): string {
    pattern.lastIndex = this.#offset;
    const taken = pattern.exec(this.#text)?.[0] ?? '';
    this.#offset += taken.length;
    return taken;
  }

  #accept(character: string): boolean {
    if (this.#text[this.#offset] !== character) return false;
    this.#offset += 1;
    return true;
  }

  #fail(problem: string): never {
    throw new InvalidSchemaError(problem, placeOfOffset(this.#text, this.#offset));
  }
}
