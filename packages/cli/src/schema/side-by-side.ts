/** One line of a comparison; undefined where a side has none. */
export interface ComparedLine {
  readonly left: string | undefined;
  readonly right: string | undefined;
}

/** Longer texts are compared line for line without looking for what moved: the table below grows with the product. */
const MAX_LINES = 3_000;

/** Two texts line by line: equal lines beside each other, what was replaced opposite of what replaced it. */
export function compareLines(left: string, right: string): ComparedLine[] {
  const [a, b] = [left.split('\n'), right.split('\n')];
  const pairs = a.length > MAX_LINES || b.length > MAX_LINES ? [] : commonLines(a, b);
  const lines: ComparedLine[] = [];
  let [i, j] = [0, 0];
  for (const [nextI, nextJ] of [...pairs, [a.length, b.length] as const]) {
    const height = Math.max(nextI - i, nextJ - j);
    for (let row = 0; row < height; row += 1) {
      lines.push({
        left: i + row < nextI ? a[i + row] : undefined,
        right: j + row < nextJ ? b[j + row] : undefined,
      });
    }
    if (nextI < a.length && nextJ < b.length) lines.push({ left: a[nextI], right: b[nextJ] });
    [i, j] = [nextI + 1, nextJ + 1];
  }
  return lines;
}

/** Index pairs of a longest common subsequence. */
function commonLines(a: readonly string[], b: readonly string[]): (readonly [number, number])[] {
  const width = b.length + 1;
  const lengths = new Uint16Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) {
      lengths[i * width + j] =
        a[i] === b[j]
          ? lengths[(i + 1) * width + j + 1]! + 1
          : Math.max(lengths[(i + 1) * width + j]!, lengths[i * width + j + 1]!);
    }
  }
  const pairs: (readonly [number, number])[] = [];
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    if (a[i] === b[j]) pairs.push([i++, j++]);
    else if (lengths[(i + 1) * width + j]! >= lengths[i * width + j + 1]!) i += 1;
    else j += 1;
  }
  return pairs;
}

/** The comparison as two columns with a mark between them: `<` left only, `>` right only, `|` replaced. */
export function sideBySide(lines: readonly ComparedLine[], width: number): string {
  const column = Math.floor((width - 3) / 2);
  return lines
    .map(({ left, right }) =>
      `${cut(left ?? '', column).padEnd(column)} ${markOf(left, right)} ${cut(right ?? '', column)}`.trimEnd(),
    )
    .join('\n');
}

function markOf(left: string | undefined, right: string | undefined): string {
  if (left === right) return ' ';
  if (left === undefined) return '>';
  return right === undefined ? '<' : '|';
}

function cut(text: string, width: number): string {
  return text.length <= width ? text : `${text.slice(0, width - 1)}…`;
}
