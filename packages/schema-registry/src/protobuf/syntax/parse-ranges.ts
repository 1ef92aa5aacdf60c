import { parseBracketedOptions } from './parse-option.ts';
import type { ProtoExtensions, ProtoRange, ProtoReserved } from './proto-file.ts';
import type { TokenStream } from './token-stream.ts';

/** The numbers that may stand in a range. */
export interface RangeLimits {
  readonly min: number;
  /** What `max` means. */
  readonly max: number;
}

/** `reserved …;` of a message or an enum: numbers, names in quotes, or, in editions, names without. */
export function parseReserved(tokens: TokenStream, limits: RangeLimits, isEdition: boolean): ProtoReserved {
  const { offset: at } = tokens.expect('reserved');
  const reserved = { kind: 'reserved', at, ranges: [], names: [] } as const;
  const { kind, offset } = tokens.token;
  if (kind === 'string' && isEdition) {
    throw tokens.source.error(offset, 'Reserved names are written without quotes in editions');
  }
  if (kind === 'string')
    return { ...reserved, names: parseNames(tokens, () => tokens.string('a reserved name')) };
  if (kind === 'identifier' && isEdition) {
    return { ...reserved, names: parseNames(tokens, () => tokens.identifier('a reserved name').text) };
  }
  const ranges = parseRanges(tokens, limits);
  tokens.expect(';');
  return { ...reserved, ranges };
}

/** `extensions …;` */
export function parseExtensions(tokens: TokenStream, limits: RangeLimits): ProtoExtensions {
  const { offset: at } = tokens.expect('extensions');
  const ranges = parseRanges(tokens, limits);
  const options = parseBracketedOptions(tokens);
  tokens.expect(';');
  return { kind: 'extensions', at, ranges, options };
}

function parseNames(tokens: TokenStream, parseName: () => string): readonly string[] {
  const names: string[] = [];
  do names.push(parseName());
  while (tokens.tookIf(','));
  tokens.expect(';');
  return names;
}

function parseRanges(tokens: TokenStream, { min, max }: RangeLimits): readonly ProtoRange[] {
  const ranges: ProtoRange[] = [];
  do {
    const at = tokens.token.offset;
    const start = tokens.integer('a number of a range', min, max);
    if (!tokens.tookIf('to')) ranges.push({ at, start, end: undefined });
    else if (tokens.tookIf('max')) ranges.push({ at, start, end: max });
    else ranges.push({ at, start, end: tokens.integer('a number of a range', min, max) });
  } while (tokens.tookIf(','));
  return ranges;
}
