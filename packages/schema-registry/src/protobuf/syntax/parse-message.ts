import { parseEnum } from './parse-enum.ts';
import { parseField, parseOneof, type FieldGrammar } from './parse-field.ts';
import { parseOptionStatement } from './parse-option.ts';
import { parseExtensions, parseReserved } from './parse-ranges.ts';
import {
  MAX_FIELD_NUMBER,
  type ProtoExtend,
  type ProtoField,
  type ProtoMessage,
  type ProtoMessageElement,
  type ProtoVisibility,
} from './proto-file.ts';
import type { TokenStream } from './token-stream.ts';

/** How deep messages may nest, as in protoc. */
const MAX_MESSAGE_DEPTH = 32;

const LIMITS = { min: 1, max: MAX_FIELD_NUMBER };

/** Reads messages and what is in them, for one file. */
export class MessageParser {
  readonly #tokens: TokenStream;
  readonly #syntax: FieldGrammar['syntax'];
  #depth = 0;

  constructor(tokens: TokenStream, syntax: FieldGrammar['syntax']) {
    this.#tokens = tokens;
    this.#syntax = syntax;
  }

  /** `message Name { … }` */
  message(visibility: ProtoVisibility): ProtoMessage {
    this.#tokens.expect('message');
    const { text: name, offset: at } = this.#tokens.identifier('the name of the message');
    return { kind: 'message', at, name, visibility, elements: this.#body() };
  }

  /** `extend Name { … }` */
  extend(): ProtoExtend {
    const { offset: at } = this.#tokens.expect('extend');
    const extendee = this.#tokens.dottedName('the name of the message to extend', true);
    const fields: ProtoField[] = [];
    this.#tokens.untilBrace(() => fields.push(parseField(this.#tokens, this.#fieldGrammar)));
    return { kind: 'extend', at, extendee, fields };
  }

  /** `export message`, `local enum` and the like: the modifier if it is one. */
  visibility(): ProtoVisibility {
    const { text } = this.#tokens.token;
    const { text: following } = this.#tokens.following;
    const isModifier =
      (text === 'export' || text === 'local') && (following === 'message' || following === 'enum');
    if (!isModifier) return undefined;
    return this.#tokens.take().text as ProtoVisibility;
  }

  get #fieldGrammar(): FieldGrammar {
    return { syntax: this.#syntax, parseGroupBody: () => this.#body() };
  }

  #body(): readonly ProtoMessageElement[] {
    if (this.#depth >= MAX_MESSAGE_DEPTH) {
      const { offset } = this.#tokens.token;
      throw this.#tokens.source.error(offset, `Messages nest deeper than ${MAX_MESSAGE_DEPTH}`);
    }
    this.#depth += 1;
    const elements: ProtoMessageElement[] = [];
    this.#tokens.untilBrace(() => elements.push(this.#element()));
    this.#depth -= 1;
    return elements;
  }

  #element(): ProtoMessageElement {
    const tokens = this.#tokens;
    const visibility = this.visibility();
    const isEdition = this.#syntax === 'editions';
    if (tokens.token.kind === 'identifier') {
      switch (tokens.token.text) {
        case 'message':
          return this.message(visibility);
        case 'enum':
          return parseEnum(tokens, visibility, isEdition);
        case 'extend':
          return this.extend();
        case 'oneof':
          return parseOneof(tokens, this.#fieldGrammar);
        case 'option':
          return parseOptionStatement(tokens);
        case 'reserved':
          return parseReserved(tokens, LIMITS, isEdition);
        case 'extensions':
          return parseExtensions(tokens, LIMITS);
        default:
          break;
      }
    }
    return parseField(tokens, this.#fieldGrammar);
  }
}
