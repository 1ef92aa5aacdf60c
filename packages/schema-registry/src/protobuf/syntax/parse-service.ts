import { parseOptionStatement } from './parse-option.ts';
import type { ProtoMethod, ProtoOption, ProtoService } from './proto-file.ts';
import type { TokenStream } from './token-stream.ts';

/** `service Name { … }` */
export function parseService(tokens: TokenStream): ProtoService {
  tokens.expect('service');
  const { text: name, offset: at } = tokens.identifier('the name of the service');
  const methods: ProtoMethod[] = [];
  const options: ProtoOption[] = [];
  tokens.untilBrace(() => {
    if (tokens.isKeyword('option')) options.push(parseOptionStatement(tokens));
    else methods.push(parseMethod(tokens));
  });
  return { kind: 'service', at, name, methods, options };
}

function parseMethod(tokens: TokenStream): ProtoMethod {
  tokens.expect('rpc');
  const { text: name, offset: at } = tokens.identifier('the name of the method');
  const input = parseMethodType(tokens);
  tokens.expect('returns');
  const output = parseMethodType(tokens);
  const options: ProtoOption[] = [];
  const hasBody = tokens.isSymbol('{');
  if (hasBody) tokens.untilBrace(() => options.push(parseOptionStatement(tokens)));
  else tokens.expect(';');
  return {
    kind: 'method',
    at,
    name,
    input: input.type,
    output: output.type,
    clientStreaming: input.isStream,
    serverStreaming: output.isStream,
    options,
    hasBody,
  };
}

function parseMethodType(tokens: TokenStream): { readonly type: string; readonly isStream: boolean } {
  tokens.expect('(');
  const isStream = tokens.isKeyword('stream') && tokens.following.text !== ')';
  if (isStream) tokens.take();
  const type = tokens.dottedName('the type of a method', true);
  tokens.expect(')');
  return { type, isStream };
}
