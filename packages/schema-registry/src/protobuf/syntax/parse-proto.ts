import { InvalidSchemaError } from '../../errors.ts';
import { parseEnum } from './parse-enum.ts';
import { MessageParser } from './parse-message.ts';
import { parseOptionStatement } from './parse-option.ts';
import { parseService } from './parse-service.ts';
import type { ProtoFile, ProtoFileElement, ProtoImport } from './proto-file.ts';
import { SourceText } from './source-text.ts';
import { TokenStream } from './token-stream.ts';

/** The longest text that is parsed, in bytes of UTF-8. */
export const MAX_SCHEMA_BYTES = 10 * 1024 * 1024;

/** The editions that are understood. */
export const EDITIONS: Readonly<Record<string, number>> = { '2023': 1000, '2024': 1001 };

/** A file as it is written, and the text that the offsets in it point into. */
export interface ParsedProto {
  readonly file: ProtoFile;
  readonly source: SourceText;
}

/**
 * Parses the text of a `.proto` file.
 *
 * @throws InvalidSchemaError with line and column where the grammar is broken
 */
export function parseProto(text: string): ParsedProto {
  if (Buffer.byteLength(text) > MAX_SCHEMA_BYTES) {
    throw new InvalidSchemaError(
      `The schema has ${Buffer.byteLength(text)} bytes, more than ${MAX_SCHEMA_BYTES}; split it into files that import each other`,
    );
  }
  const source = new SourceText(text);
  return { file: new FileParser(new TokenStream(source)).parse(), source };
}

class FileParser {
  readonly #tokens: TokenStream;
  readonly #imports: ProtoImport[] = [];
  readonly #elements: ProtoFileElement[] = [];
  #package: string | undefined;

  constructor(tokens: TokenStream) {
    this.#tokens = tokens;
  }

  parse(): ProtoFile {
    while (this.#tokens.tookIf(';'));
    const edition = this.#tokens.isKeyword('edition') ? this.#edition() : undefined;
    const syntax = edition === undefined && this.#tokens.isKeyword('syntax') ? this.#syntax() : undefined;
    const messages = new MessageParser(
      this.#tokens,
      edition === undefined ? (syntax ?? 'proto2') : 'editions',
    );
    while (this.#tokens.token.kind !== 'end') {
      if (!this.#tokens.tookIf(';')) this.#statement(messages, edition !== undefined);
    }
    return { syntax, edition, package: this.#package, imports: this.#imports, elements: this.#elements };
  }

  #syntax(): 'proto2' | 'proto3' {
    const { offset, value } = this.#declaration('syntax');
    if (value === 'proto2' || value === 'proto3') return value;
    throw this.#tokens.source.error(offset, `Syntax "${value}" does not exist: it is "proto2" or "proto3"`);
  }

  #edition(): string {
    const { offset, value } = this.#declaration('edition');
    if (value in EDITIONS) return value;
    const known = Object.keys(EDITIONS).join(', ');
    throw this.#tokens.source.error(offset, `Edition "${value}" is not known: known are ${known}`);
  }

  #declaration(keyword: string): { readonly offset: number; readonly value: string } {
    this.#tokens.expect(keyword);
    this.#tokens.expect('=');
    const { offset } = this.#tokens.token;
    const value = this.#tokens.string(`the ${keyword} in quotes`);
    this.#tokens.expect(';');
    return { offset, value };
  }

  #statement(messages: MessageParser, isEdition: boolean): void {
    const visibility = messages.visibility();
    const { text, kind } = this.#tokens.token;
    if (kind !== 'identifier') throw this.#tokens.unexpected('"message", "enum" or another statement');
    switch (text) {
      case 'message':
        this.#elements.push(messages.message(visibility));
        break;
      case 'enum':
        this.#elements.push(parseEnum(this.#tokens, visibility, isEdition));
        break;
      case 'extend':
        this.#elements.push(messages.extend());
        break;
      case 'service':
        this.#elements.push(parseService(this.#tokens));
        break;
      case 'option':
        this.#elements.push(parseOptionStatement(this.#tokens));
        break;
      case 'import':
        this.#imports.push(this.#import(isEdition));
        break;
      case 'package':
        this.#readPackage();
        break;
      default:
        throw this.#tokens.unexpected('"message", "enum" or another statement');
    }
  }

  #import(isEdition: boolean): ProtoImport {
    const { offset: at } = this.#tokens.expect('import');
    const { text } = this.#tokens.token;
    const isModifier = text === 'public' || text === 'weak' || (text === 'option' && isEdition);
    const modifier = isModifier && this.#tokens.token.kind === 'identifier' ? text : undefined;
    if (modifier !== undefined) this.#tokens.take();
    const path = this.#tokens.string('the path of the import in quotes');
    this.#tokens.expect(';');
    return { at, path, modifier };
  }

  #readPackage(): void {
    const { offset } = this.#tokens.expect('package');
    if (this.#package !== undefined) throw this.#tokens.source.error(offset, 'A file has one package only');
    this.#package = this.#tokens.dottedName('the name of the package', false);
    this.#tokens.expect(';');
  }
}
