/** Ways that a bounded repetition can be taken; all of them multiplied bound the work of a backtracking engine. */
const MAX_WAYS = 1_000;

const ATOM = /\\[dDwWsS.\-/_@:#,;!%&~ ()[\]{}^$*+?|\\tnr]|\[(?:[^\]\\]|\\.)+\]|[^\\[\](){}^$*+?|]/y;
const QUANTIFIER = /(?:[*+?]|\{(\d{1,4})(?:(,)(\d{1,4})?)?\})\??/y;

/**
 * Whether a backtracking engine needs at most linear time for a pattern: a row of characters and classes without groups and
 * alternatives, whose repetitions have few ways to be taken. At most one may be without end, and only after `^`: otherwise each
 * start in the text would try it again. Most patterns of schemas are like that, and the engine of JavaScript is the fastest.
 */
export function isLinearPattern(pattern: string): boolean {
  const isAnchored = pattern.startsWith('^');
  const body = pattern.slice(
    isAnchored ? 1 : 0,
    pattern.endsWith('$') && !pattern.endsWith('\\$') ? -1 : undefined,
  );
  let ways = 1;
  let endless = 0;
  let offset = 0;
  while (offset < body.length) {
    ATOM.lastIndex = offset;
    const atom = ATOM.exec(body);
    if (atom === null) return false;
    offset += atom[0].length;
    QUANTIFIER.lastIndex = offset;
    const quantifier = QUANTIFIER.exec(body);
    if (quantifier === null) continue;
    offset += quantifier[0].length;
    const range = rangeOf(quantifier);
    if (range === Infinity) endless += 1;
    else ways *= range;
  }
  return ways <= MAX_WAYS && endless <= (isAnchored ? 1 : 0);
}

/** In how many ways a quantifier can be taken. */
function rangeOf([text, least, comma, most]: RegExpExecArray): number {
  if (text.startsWith('?')) return 2;
  if (least === undefined) return Infinity;
  if (comma === undefined) return 1;
  return most === undefined ? Infinity : Number(most) - Number(least) + 1;
}
