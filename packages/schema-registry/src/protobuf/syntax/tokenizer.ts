import type { SourceText } from './source-text.ts';
import { readStringLiteral } from './string-literal.ts';

/** What a token is: `symbol` is a single character. */
export type TokenKind = 'identifier' | 'integer' | 'float' | 'string' | 'symbol' | 'end';

/** A token of a `.proto` file. */
export interface Token {
  readonly kind: TokenKind;
  /** The text as written; of a string what it stands for, one character per byte. */
  readonly text: string;
  readonly offset: number;
}

const BLANK = /[ \t\r\n\v\f]+/y;
const LINE_COMMENT = /\/\/[^\n]*/y;
const IDENTIFIER = /[A-Za-z_][A-Za-z0-9_]*/y;
const NUMBER = /0[xX][0-9a-fA-F]+|(?:[0-9]+\.[0-9]*|\.[0-9]+|[0-9]+)(?:[eE][+-]?[0-9]+)?/y;
const DECIMAL_INTEGER = /^(?:0[xX][0-9a-fA-F]+|0[0-7]*|[1-9][0-9]*)$/;
const WORD_START = /[A-Za-z0-9_.]/y;

/** Cuts a `.proto` text into tokens; comments and blanks are dropped. */
export class Tokenizer {
  readonly #source: SourceText;
  #offset: number;

  constructor(source: SourceText) {
    this.#source = source;
    this.#offset = source.text.startsWith('\uFEFF') ? 1 : 0;
  }

  next(): Token {
    this.#skipBlanksAndComments();
    const { text } = this.#source;
    const offset = this.#offset;
    const char = text[offset];
    if (char === undefined) return { kind: 'end', text: '', offset };
    if (char === '"' || char === "'") return this.#string(offset);
    const identifier = this.#match(IDENTIFIER);
    if (identifier !== undefined) return { kind: 'identifier', text: identifier, offset };
    const number = this.#match(NUMBER);
    if (number !== undefined) return this.#number(number, offset);
    this.#offset += 1;
    if (char < ' ' || char > '~') {
      throw this.#source.error(offset, `Character ${JSON.stringify(char)} does not belong in a .proto file`);
    }
    return { kind: 'symbol', text: char, offset };
  }

  #number(text: string, offset: number): Token {
    WORD_START.lastIndex = this.#offset;
    if (WORD_START.test(this.#source.text)) {
      throw this.#source.error(offset, `Number "${text}" needs a blank before what follows it`);
    }
    if (DECIMAL_INTEGER.test(text)) return { kind: 'integer', text, offset };
    if (/^[0-9]+$/.test(text)) throw this.#source.error(offset, `"${text}" starts with 0 but is not octal`);
    return { kind: 'float', text, offset };
  }

  #string(offset: number): Token {
    const { bytes, end } = readStringLiteral(this.#source, offset);
    this.#offset = end;
    return { kind: 'string', text: bytes, offset };
  }

  #skipBlanksAndComments(): void {
    for (;;) {
      const before = this.#offset;
      this.#match(BLANK);
      this.#match(LINE_COMMENT);
      if (this.#source.text.startsWith('/*', this.#offset)) this.#skipBlockComment();
      if (this.#offset === before) return;
    }
  }

  #skipBlockComment(): void {
    const end = this.#source.text.indexOf('*/', this.#offset + 2);
    if (end === -1) throw this.#source.error(this.#offset, 'Comment "/*" has no end');
    this.#offset = end + 2;
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#offset;
    const match = pattern.exec(this.#source.text);
    if (match === null) return undefined;
    this.#offset = pattern.lastIndex;
    return match[0];
  }
}
