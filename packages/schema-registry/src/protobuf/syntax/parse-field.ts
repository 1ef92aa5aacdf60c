import { parseBracketedOptions, parseOptionStatement } from './parse-option.ts';
import type { ProtoField, ProtoLabel, ProtoMessageElement, ProtoOneof, ProtoOption } from './proto-file.ts';
import { isScalarType } from './proto-file.ts';
import type { TokenStream } from './token-stream.ts';

/** Field numbers are read up to what 31 bits hold; that they are in range is checked with the rest of the meaning. */
const MAX_INT32 = 2_147_483_647;

/** Which rules of a file's syntax matter to a field, and how the body of a group is read. */
export interface FieldGrammar {
  readonly syntax: 'proto2' | 'proto3' | 'editions';
  parseGroupBody(): readonly ProtoMessageElement[];
}

const LABELS: ReadonlySet<string> = new Set(['optional', 'required', 'repeated']);

/** A field of a message or of an `extend`. */
export function parseField(tokens: TokenStream, grammar: FieldGrammar): ProtoField {
  const at = tokens.token.offset;
  const label = parseLabel(tokens, grammar);
  if (tokens.isKeyword('map') && tokens.following.text === '<') return parseMapField(tokens, at, label);
  if (label === undefined && grammar.syntax === 'proto2') {
    throw tokens.unexpected('"optional", "required" or "repeated"');
  }
  return parseTypedField(tokens, grammar, { at, label });
}

/** `oneof name { … }` */
export function parseOneof(tokens: TokenStream, grammar: FieldGrammar): ProtoOneof {
  tokens.expect('oneof');
  const { text: name, offset: at } = tokens.identifier('the name of the oneof');
  const fields: ProtoField[] = [];
  const options: ProtoOption[] = [];
  tokens.untilBrace(() => {
    if (tokens.isKeyword('option')) options.push(parseOptionStatement(tokens));
    else fields.push(parseOneofField(tokens, grammar));
  });
  return { kind: 'oneof', at, name, fields, options };
}

function parseOneofField(tokens: TokenStream, grammar: FieldGrammar): ProtoField {
  const { offset: at, text, kind } = tokens.token;
  if (kind === 'identifier' && LABELS.has(text)) {
    throw tokens.source.error(at, `A field of a oneof has no label, but "${text}" is written`);
  }
  if (text === 'map' && tokens.following.text === '<') {
    throw tokens.source.error(at, 'A oneof cannot have a map field');
  }
  return parseTypedField(tokens, grammar, { at, label: undefined });
}

function parseLabel(tokens: TokenStream, grammar: FieldGrammar): ProtoLabel {
  const { text, kind, offset } = tokens.token;
  if (kind !== 'identifier' || !LABELS.has(text)) return undefined;
  if (text === 'required' && grammar.syntax === 'proto3') {
    throw tokens.source.error(offset, 'Required fields do not exist in proto3');
  }
  if (text !== 'repeated' && grammar.syntax === 'editions') {
    throw tokens.source.error(
      offset,
      `Label "${text}" does not exist in editions: use features.field_presence`,
    );
  }
  tokens.take();
  return text as ProtoLabel;
}

function parseMapField(tokens: TokenStream, at: number, label: ProtoLabel): ProtoField {
  if (label !== undefined)
    throw tokens.source.error(at, `A map field has no label, but "${label}" is written`);
  tokens.expect('map');
  tokens.expect('<');
  const mapKey = tokens.dottedName('the key type of a map', true);
  tokens.expect(',');
  const type = tokens.dottedName('the value type of a map', true);
  tokens.expect('>');
  return { kind: 'field', label, type, mapKey, group: undefined, ...parseFieldEnd(tokens) };
}

function parseTypedField(
  tokens: TokenStream,
  grammar: FieldGrammar,
  start: { readonly at: number; readonly label: ProtoLabel },
): ProtoField {
  const type = tokens.dottedName('the type of a field', true);
  if (type === 'group' && tokens.token.kind === 'identifier') return parseGroup(tokens, grammar, start);
  const end = parseFieldEnd(tokens);
  return { kind: 'field', label: start.label, type, mapKey: undefined, group: undefined, ...end };
}

function parseFieldEnd(
  tokens: TokenStream,
): Pick<ProtoField, 'at' | 'name' | 'number' | 'numberAt' | 'options'> {
  const { text: name, offset: at } = tokens.identifier('the name of a field');
  const rest = parseNumberAndOptions(tokens);
  tokens.expect(';');
  return { at, name, ...rest };
}

function parseNumberAndOptions(tokens: TokenStream): Pick<ProtoField, 'number' | 'numberAt' | 'options'> {
  tokens.expect('=');
  const numberAt = tokens.token.offset;
  const number = tokens.integer('a field number', 0, MAX_INT32);
  return { number, numberAt, options: parseBracketedOptions(tokens) };
}

function parseGroup(
  tokens: TokenStream,
  grammar: FieldGrammar,
  { label }: { readonly label: ProtoLabel },
): ProtoField {
  const { text: type, offset: at } = tokens.identifier('the name of a group');
  if (grammar.syntax !== 'proto2') {
    const instead =
      grammar.syntax === 'editions' ? 'features.message_encoding = DELIMITED' : 'a nested message';
    throw tokens.source.error(at, `Groups exist in proto2 only: use ${instead}`);
  }
  if (!/^[A-Z]/.test(type))
    throw tokens.source.error(at, `The name of a group begins with a capital: "${type}"`);
  const rest = parseNumberAndOptions(tokens);
  const elements = grammar.parseGroupBody();
  const group = { kind: 'message', at, name: type, visibility: undefined, elements } as const;
  return { kind: 'field', at, label, type, mapKey: undefined, name: type.toLowerCase(), ...rest, group };
}

/** Whether `type` may be the key of a map. */
export function isMapKeyType(type: string): boolean {
  return isScalarType(type) && type !== 'float' && type !== 'double' && type !== 'bytes';
}
