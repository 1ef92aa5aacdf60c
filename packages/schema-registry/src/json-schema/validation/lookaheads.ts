/** A pattern that begins with lookaheads. */
export interface LookaheadSplit {
  readonly lookaheads: readonly { readonly body: string; readonly isPositive: boolean }[];
  /** What follows them. */
  readonly rest: string;
}

/** Splits `^(?=a)(?!b)rest`; undefined when the pattern is not like that. */
export function splitLeadingLookaheads(pattern: string): LookaheadSplit | undefined {
  if (!pattern.startsWith('^')) return undefined;
  const lookaheads: { body: string; isPositive: boolean }[] = [];
  let rest = pattern.slice(1);
  while (rest.startsWith('(?=') || rest.startsWith('(?!')) {
    const end = closingParenthesis(rest);
    if (end === undefined) return undefined;
    lookaheads.push({ body: rest.slice(3, end), isPositive: rest[2] === '=' });
    rest = rest.slice(end + 1);
  }
  if (lookaheads.length === 0 || /^[*+?{]/.test(rest) || hasAlternatives(rest)) return undefined;
  return { lookaheads, rest };
}

/** Where the group that the text begins with ends. */
function closingParenthesis(text: string): number | undefined {
  for (const { character, index, depth } of structure(text)) {
    if (character === ')' && depth === 0) return index;
  }
  return undefined;
}

/** Alternatives outside of groups: then `^` belongs to the first one only. */
function hasAlternatives(text: string): boolean {
  return [...structure(text)].some(({ character, depth }) => character === '|' && depth === 0);
}

interface Structural {
  readonly character: string;
  readonly index: number;
  /** Groups around the character; a closing parenthesis counts as outside of what it closes. */
  readonly depth: number;
}

/** Parentheses and bars that are not escaped and not in a class. */
function* structure(text: string): Generator<Structural> {
  let depth = 0;
  let isInClass = false;
  for (let index = 0; index < text.length; index += 1) {
    const character = text[index] as string;
    if (character === '\\') index += 1;
    else if (character === '[') isInClass = true;
    else if (character === ']') isInClass = false;
    else if (!isInClass && '()|'.includes(character)) {
      if (character === ')') depth -= 1;
      yield { character, index, depth };
      if (character === '(') depth += 1;
    }
  }
}
