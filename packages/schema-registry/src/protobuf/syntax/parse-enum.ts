import { parseBracketedOptions, parseOptionStatement } from './parse-option.ts';
import { parseReserved } from './parse-ranges.ts';
import {
  MAX_ENUM_NUMBER,
  type ProtoEnum,
  type ProtoEnumElement,
  type ProtoEnumValue,
  type ProtoVisibility,
} from './proto-file.ts';
import type { TokenStream } from './token-stream.ts';

const LIMITS = { min: -MAX_ENUM_NUMBER - 1, max: MAX_ENUM_NUMBER };

/** `enum Name { … }` */
export function parseEnum(tokens: TokenStream, visibility: ProtoVisibility, isEdition: boolean): ProtoEnum {
  tokens.expect('enum');
  const { text: name, offset: at } = tokens.identifier('the name of the enum');
  const elements: ProtoEnumElement[] = [];
  tokens.untilBrace(() => elements.push(parseElement(tokens, isEdition)));
  return { kind: 'enum', at, name, visibility, elements };
}

function parseElement(tokens: TokenStream, isEdition: boolean): ProtoEnumElement {
  const isValue = tokens.following.text === '=';
  if (!isValue && tokens.isKeyword('option')) return parseOptionStatement(tokens);
  if (!isValue && tokens.isKeyword('reserved')) return parseReserved(tokens, LIMITS, isEdition);
  return parseValue(tokens);
}

function parseValue(tokens: TokenStream): ProtoEnumValue {
  const { text: name, offset: at } = tokens.identifier('the name of an enum value');
  tokens.expect('=');
  const number = tokens.integer('the number of an enum value', LIMITS.min, LIMITS.max);
  const options = parseBracketedOptions(tokens);
  tokens.expect(';');
  return { kind: 'enumValue', at, name, number, options };
}
