import { isFixture, isGenerated, lineOf, type Check, type SourceFile } from '../finding.ts';

interface Smell {
  readonly pattern: RegExp;
  readonly message: string;
  readonly only?: RegExp;
}

// The patterns are assembled so that this file does not match itself.
const smells: readonly Smell[] = [
  { pattern: /\r/g, message: 'carriage return; line ends are LF' },
  { pattern: /(?<![\w.~-])\/(?:home|root|Users|work)\/[\w.-]+/g, message: 'absolute path of a machine' },
  { pattern: /\bdebugger;/g, message: 'left-over debugger statement', only: /\.(ts|js|mjs)$/ },
  { pattern: /^(?:<{7}|>{7}) /gm, message: 'merge conflict marker' },
  {
    pattern: /\b(?:TODO|FIXME)\b(?!.*#\d)/g,
    message: 'note without an issue number',
    only: /\.(ts|js|mjs)$/,
  },
  {
    pattern: /"resolved": "https?:\/\/(?!registry\.npmjs\.org\/)[^"]+"/g,
    message: 'package from a registry that others cannot reach',
    only: /package-lock\.json$/,
  },
];

export const checkHygiene: Check = (files) =>
  files
    .filter((file) => !isFixture(file) && !isGenerated(file) && !file.path.startsWith('tools/tidy/'))
    .flatMap(findingsOf);

function findingsOf(file: SourceFile) {
  const found = smells
    .filter((smell) => smell.only === undefined || smell.only.test(file.path))
    .flatMap((smell) =>
      [...file.text.matchAll(smell.pattern)].map((match) => ({
        path: file.path,
        line: lineOf(file.text, match.index),
        rule: 'hygiene',
        message: smell.message,
      })),
    );
  if (file.text !== '' && !file.text.endsWith('\n')) {
    found.push({ path: file.path, line: 0, rule: 'hygiene', message: 'no newline at the end' });
  }
  return found;
}

export const MAX_TRACKED_BYTES = 256 * 1024;

/** Large files belong under `fixtures/` or into a package of their own. */
export function checkTrackedSizes(sizes: readonly { path: string; bytes: number }[]) {
  return sizes
    .filter(
      ({ path, bytes }) =>
        bytes > MAX_TRACKED_BYTES && !path.includes('/fixtures/') && path !== 'package-lock.json',
    )
    .map(({ path, bytes }) => ({
      path,
      line: 0,
      rule: 'hygiene',
      message: `${bytes} bytes, at most ${MAX_TRACKED_BYTES}; put it under fixtures/ or split it`,
    }));
}
