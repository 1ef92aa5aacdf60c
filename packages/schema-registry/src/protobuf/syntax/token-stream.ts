import type { InvalidSchemaError } from '../../errors.ts';
import type { SourceText } from './source-text.ts';
import { textOfBytes } from './string-literal.ts';
import { Tokenizer, type Token } from './tokenizer.ts';

/** The tokens of a file with one token of look-ahead, and what every part of the grammar needs. */
export class TokenStream {
  readonly source: SourceText;
  readonly #tokenizer: Tokenizer;
  #token: Token;
  #following: Token | undefined;

  constructor(source: SourceText) {
    this.source = source;
    this.#tokenizer = new Tokenizer(source);
    this.#token = this.#tokenizer.next();
  }

  /** The token that was not taken yet. */
  get token(): Token {
    return this.#token;
  }

  /** The token after {@link token}. */
  get following(): Token {
    this.#following ??= this.#tokenizer.next();
    return this.#following;
  }

  take(): Token {
    const token = this.#token;
    this.#token = this.#following ?? this.#tokenizer.next();
    this.#following = undefined;
    return token;
  }

  isSymbol(text: string): boolean {
    return this.#token.kind === 'symbol' && this.#token.text === text;
  }

  isKeyword(text: string): boolean {
    return this.#token.kind === 'identifier' && this.#token.text === text;
  }

  /** Takes the symbol or keyword if it is next. */
  tookIf(text: string): boolean {
    if (!this.isSymbol(text) && !this.isKeyword(text)) return false;
    this.take();
    return true;
  }

  expect(text: string): Token {
    if (!this.isSymbol(text) && !this.isKeyword(text)) throw this.unexpected(`"${text}"`);
    return this.take();
  }

  identifier(what: string): Token {
    if (this.#token.kind !== 'identifier') throw this.unexpected(what);
    return this.take();
  }

  /** A name with dots, perhaps with one at its start when `mayBeRooted`. */
  dottedName(what: string, mayBeRooted: boolean): string {
    let name = mayBeRooted && this.tookIf('.') ? '.' : '';
    name += this.identifier(what).text;
    while (this.tookIf('.')) name += `.${this.identifier('a name after "."').text}`;
    return name;
  }

  /** A string, or several one after the other, as bytes. */
  stringBytes(what: string): string {
    if (this.#token.kind !== 'string') throw this.unexpected(what);
    let bytes = this.take().text;
    while (this.#token.kind === 'string') bytes += this.take().text;
    return bytes;
  }

  /** As {@link stringBytes}, as text. */
  string(what: string): string {
    const { offset } = this.#token;
    const text = textOfBytes(this.stringBytes(what));
    if (text === undefined) throw this.source.error(offset, `The bytes of ${what} are not UTF-8`);
    return text;
  }

  /** An integer, at most `max`; `min` below zero allows a minus. */
  integer(what: string, min: number, max: number): number {
    const { offset } = this.#token;
    const negative = min < 0 && this.tookIf('-');
    if (this.#token.kind !== 'integer') throw this.unexpected(what);
    const value = integerValue(this.take().text) * (negative ? -1 : 1);
    if (value < min || value > max) {
      throw this.source.error(
        offset,
        `${value} is no ${what.replace(/^an? /, '')}: it must be ${min} to ${max}`,
      );
    }
    return value === 0 ? 0 : value;
  }

  /** Runs `parse` until the closing brace; semicolons between are skipped. */
  untilBrace(parse: () => void): void {
    const opening = this.expect('{');
    while (!this.tookIf('}')) {
      if (this.#token.kind === 'end') throw this.source.error(opening.offset, '"{" has no "}"');
      if (!this.tookIf(';')) parse();
    }
  }

  unexpected(expected: string): InvalidSchemaError {
    const { kind, text, offset } = this.#token;
    const found = kind === 'end' ? 'the end of the file' : kind === 'string' ? 'a string' : `"${text}"`;
    return this.source.error(offset, `Expected ${expected}, found ${found}`);
  }
}

/** The value of an integer as written: decimal, octal or hexadecimal. */
export function integerValue(text: string): number {
  return Number(/^0[0-7]+$/.test(text) ? `0o${text.slice(1)}` : text);
}
