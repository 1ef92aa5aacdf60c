import type { ProtoOption, ProtoOptionStep, ProtoValue, ProtoValueField } from './proto-file.ts';
import type { TokenStream } from './token-stream.ts';

/** How deep values of options may nest; far above what any file has. */
const MAX_VALUE_DEPTH = 100;

/** `option name = value;` after the keyword was seen. */
export function parseOptionStatement(tokens: TokenStream): ProtoOption {
  tokens.expect('option');
  const option = parseAssignment(tokens);
  tokens.expect(';');
  return option;
}

/** `[name = value, …]` if there is one. */
export function parseBracketedOptions(tokens: TokenStream): readonly ProtoOption[] {
  if (!tokens.tookIf('[')) return [];
  const options: ProtoOption[] = [];
  do options.push(parseAssignment(tokens));
  while (tokens.tookIf(','));
  tokens.expect(']');
  return options;
}

function parseAssignment(tokens: TokenStream): ProtoOption {
  const at = tokens.token.offset;
  const name = parseName(tokens);
  tokens.expect('=');
  const valueAt = tokens.token.offset;
  const value = tokens.isSymbol('{')
    ? parseAggregate(tokens, '}', 0)
    : parseScalar(tokens, 'the value of the option');
  return { kind: 'option', at, name, value, valueAt };
}

function parseName(tokens: TokenStream): readonly ProtoOptionStep[] {
  const steps: ProtoOptionStep[] = [];
  do {
    if (tokens.tookIf('(')) {
      steps.push({ name: tokens.dottedName('the name of an extension', true), isExtension: true });
      tokens.expect(')');
    } else {
      steps.push({ name: tokens.identifier('the name of an option').text, isExtension: false });
    }
  } while (tokens.tookIf('.'));
  return steps;
}

function parseScalar(tokens: TokenStream, what: string): ProtoValue {
  const sign = tokens.tookIf('-') ? '-' : tokens.tookIf('+') ? '' : undefined;
  const { kind } = tokens.token;
  if (kind === 'integer' || kind === 'float')
    return { kind: 'number', text: `${sign ?? ''}${tokens.take().text}` };
  if (kind === 'identifier') return { kind: 'identifier', text: `${sign ?? ''}${tokens.take().text}` };
  if (kind === 'string' && sign === undefined) return { kind: 'string', bytes: tokens.stringBytes(what) };
  throw tokens.unexpected(what);
}

/** The text form of a message: `{ name: value, name { … } [my.extension]: [1, 2] }`. */
function parseAggregate(tokens: TokenStream, close: string, depth: number): ProtoValue {
  const opening = tokens.take();
  if (depth >= MAX_VALUE_DEPTH) {
    throw tokens.source.error(opening.offset, `Values of options nest deeper than ${MAX_VALUE_DEPTH}`);
  }
  const fields: ProtoValueField[] = [];
  while (!tokens.tookIf(close)) {
    fields.push(parseValueField(tokens, depth));
    if (!tokens.tookIf(',')) tokens.tookIf(';');
  }
  return { kind: 'aggregate', fields };
}

function parseValueField(tokens: TokenStream, depth: number): ProtoValueField {
  const at = tokens.token.offset;
  const isExtension = tokens.tookIf('[');
  const name = isExtension
    ? parseExtensionKey(tokens)
    : tokens.identifier('the name of a field, or "}"').text;
  const hasColon = tokens.tookIf(':');
  const isMessage = tokens.isSymbol('{') || tokens.isSymbol('<') || tokens.isSymbol('[');
  if (!hasColon && !isMessage) throw tokens.unexpected('":"');
  return { at, name, isExtension, value: parseFieldValue(tokens, depth) };
}

/** `my.extension` or `type.googleapis.com/my.Message` up to the bracket. */
function parseExtensionKey(tokens: TokenStream): string {
  let name = tokens.dottedName('the name of an extension', true);
  while (tokens.tookIf('/')) name += `/${tokens.dottedName('a name after "/"', false)}`;
  tokens.expect(']');
  return name;
}

function parseFieldValue(tokens: TokenStream, depth: number): ProtoValue {
  if (tokens.isSymbol('{')) return parseAggregate(tokens, '}', depth + 1);
  if (tokens.isSymbol('<')) return parseAggregate(tokens, '>', depth + 1);
  if (tokens.isSymbol('[')) return parseList(tokens, depth + 1);
  return parseScalar(tokens, 'a value');
}

function parseList(tokens: TokenStream, depth: number): ProtoValue {
  const opening = tokens.expect('[');
  if (depth >= MAX_VALUE_DEPTH) {
    throw tokens.source.error(opening.offset, `Values of options nest deeper than ${MAX_VALUE_DEPTH}`);
  }
  const values: ProtoValue[] = [];
  if (tokens.tookIf(']')) return { kind: 'list', values };
  do values.push(parseFieldValue(tokens, depth));
  while (tokens.tookIf(','));
  tokens.expect(']');
  return { kind: 'list', values };
}
