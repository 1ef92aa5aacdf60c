import process from 'node:process';
import { createContext, Script } from 'node:vm';
import { RE2JS } from 're2js';
import { LruCache } from '../lru-cache.ts';
import { MAX_PATTERN_MS, MAX_PATTERNS, MAX_STARVED_PATTERN_MS } from '../limits.ts';
import { splitLeadingLookaheads } from './lookaheads.ts';
import { isLinearPattern } from './linear-pattern.ts';

/** A regular expression that answers in bounded time, whatever the text is. */
export interface Pattern {
  /** Whether the text has a match anywhere. Throws {@link PatternTimeoutError} where no bound was kept. */
  test(text: string): boolean;
}

/** A pattern that only a backtracking engine understands took too long for one text. */
export class PatternTimeoutError extends Error {
  constructor(pattern: string) {
    super(`The pattern ${JSON.stringify(pattern)} took more than ${MAX_PATTERN_MS} ms for one text`);
  }
}

const patterns = new LruCache<string, Pattern>(MAX_PATTERNS);

/** Whether `text` has a match of `pattern`. */
export function patternMatches(pattern: string, text: string): boolean {
  return compilePattern(pattern).test(text);
}

/**
 * A pattern of a schema (ECMA-262), by the fastest engine that cannot hang: JavaScript's own where the pattern is plain enough,
 * RE2 for everything regular, and JavaScript's with a time limit for the rest (lookarounds inside, back references).
 * @throws SyntaxError when it is no regular expression
 */
export function compilePattern(pattern: string): Pattern {
  const known = patterns.get(pattern);
  if (known !== undefined) return known;
  const compiled = compile(pattern);
  patterns.set(pattern, compiled);
  return compiled;
}

function compile(pattern: string): Pattern {
  if (isLinearPattern(pattern)) return nativePattern(pattern);
  return re2Pattern(pattern) ?? lookaheadPattern(pattern) ?? new TimedPattern(pattern);
}

/** Patterns are Unicode ones; those written before that, with escapes it forbids, are read the old way. */
function nativePattern(pattern: string): RegExp {
  try {
    return new RegExp(pattern, 'u');
  } catch {
    return new RegExp(pattern);
  }
}

function re2Pattern(pattern: string): Pattern | undefined {
  try {
    return RE2JS.compile(RE2JS.translateRegExp(pattern), RE2JS.LOOKBEHINDS);
  } catch {
    return undefined;
  }
}

/** `^(?!a)(?=b)c` is: no match of `^a`, a match of `^b`, a match of `^c`. */
function lookaheadPattern(pattern: string): Pattern | undefined {
  const split = splitLeadingLookaheads(pattern);
  if (split === undefined) return undefined;
  const rest = re2Pattern(`^(?:${split.rest})`);
  const conditions = split.lookaheads.map(({ body, isPositive }) => ({
    pattern: re2Pattern(`^(?:${body})`),
    isPositive,
  }));
  if (rest === undefined || conditions.some((condition) => condition.pattern === undefined)) return undefined;
  return {
    test: (text) =>
      conditions.every((condition) => condition.pattern?.test(text) === condition.isPositive) &&
      rest.test(text),
  };
}

/** Of this thread alone, where Node can tell (from 23.9 on): compilers and collectors of other threads do not count. */
function cpuUsage(before?: NodeJS.CpuUsage): NodeJS.CpuUsage {
  return typeof process.threadCpuUsage === 'function'
    ? process.threadCpuUsage(before)
    : process.cpuUsage(before);
}

/** JavaScript's engine, interrupted when it takes too long. */
class TimedPattern implements Pattern {
  readonly #pattern: string;
  readonly #context: { pattern: RegExp; text: string };
  static readonly #script = new Script('pattern.test(text)');

  constructor(pattern: string) {
    this.#pattern = pattern;
    this.#context = { pattern: nativePattern(pattern), text: '' };
    createContext(this.#context);
  }

  /** The limit is one of the clock: where the process hardly ran meanwhile, it is given more of it. */
  test(text: string): boolean {
    this.#context.text = text;
    for (let timeoutMs = MAX_PATTERN_MS; ; timeoutMs *= 2) {
      const before = cpuUsage();
      try {
        return TimedPattern.#script.runInContext(this.#context, { timeout: timeoutMs }) === true;
      } catch {
        const { user, system } = cpuUsage(before);
        const hasRun = (user + system) / 1000 >= MAX_PATTERN_MS * 0.9;
        if (hasRun || timeoutMs >= MAX_STARVED_PATTERN_MS) throw new PatternTimeoutError(this.#pattern);
      }
    }
  }
}
