/** Where a broker property may be changed while the node runs, as Kafka's `DescribeConfigs` reports it. */
export type UpdateMode = 'read-only' | 'per-broker' | 'cluster-wide';

/** What a user may write for a property: text as in a `.properties` file, or the value itself. */
export type RawValue = string | number | boolean | readonly string[] | null | undefined;

/** Kafka's property types; `ConfigEntry.type` of `DescribeConfigs` is derived from it. */
export type PropertyType = 'boolean' | 'string' | 'int' | 'short' | 'long' | 'double' | 'list' | 'password';

/** All there is to say about one property; parsing and the reference pages read the same object. */
export interface PropertyDefinition<T> {
  readonly type: PropertyType;
  /** `undefined` means that the property is required. */
  readonly default: T | undefined;
  /** One or two sentences for the generated reference page, units included. */
  readonly doc: string;
  readonly updateMode: UpdateMode;
  /** The legal values in words, for example `at least 0`. */
  readonly range?: string;
  /** Turns raw text or a value into the typed value, or throws a `RangeError` saying what would be legal. */
  parse(raw: Exclude<RawValue, null | undefined>): T;
  /** The text form that Kafka's tools print. */
  format(value: T): string;
}

interface Common<T> {
  readonly default?: T;
  readonly doc: string;
  readonly updateMode?: UpdateMode;
}

interface NumberOptions extends Common<number> {
  readonly min?: number;
  readonly max?: number;
}

interface TextOptions<T> extends Common<T> {
  readonly oneOf?: readonly string[];
}

/** 2^63-1 as Kafka's "never"; the nearest number above, treated as unlimited. */
export const LONG_MAX = 2 ** 63;
const INT_MAX = 2147483647;

/** Builders, one per Kafka property type. */
export const property = {
  int: (options: NumberOptions) => whole('int', -INT_MAX - 1, INT_MAX, options),
  short: (options: NumberOptions) => whole('short', -32768, 32767, options),
  long: (options: NumberOptions) => whole('long', -LONG_MAX, LONG_MAX, options),
  double: (options: NumberOptions): PropertyDefinition<number> => numeric('double', options, parseNumber),
  boolean: (options: Common<boolean>): PropertyDefinition<boolean> => ({
    ...common('boolean', options),
    parse: parseBoolean,
    format: String,
  }),
  string: <const T extends string = string>(
    options: Common<T> & {
      readonly oneOf?: readonly T[];
      /** Kafka takes the value in any case; what comes out is spelled as in `oneOf`. */
      readonly ignoresCase?: boolean;
    },
  ): PropertyDefinition<T> => ({
    ...common('string', options),
    ...(options.oneOf === undefined ? {} : { range: `one of ${options.oneOf.join(', ')}` }),
    parse: (raw) => checkChoice(String(raw).trim(), options.oneOf, options.ignoresCase) as T,
    format: String,
  }),
  password: (options: Common<string>): PropertyDefinition<string> => ({
    ...common('password', options),
    parse: String,
    format: () => '[hidden]',
  }),
  list: (options: TextOptions<readonly string[]>): PropertyDefinition<readonly string[]> => ({
    ...common('list', options),
    ...(options.oneOf === undefined ? {} : { range: `any of ${options.oneOf.join(', ')}` }),
    parse: (raw) => parseList(raw).map((item) => checkChoice(item, options.oneOf)),
    format: (value) => value.join(','),
  }),
};

function common<T>(type: PropertyType, options: Common<T>) {
  return { type, default: options.default, doc: options.doc, updateMode: options.updateMode ?? 'read-only' };
}

function whole(
  type: 'int' | 'short' | 'long',
  typeMin: number,
  typeMax: number,
  options: NumberOptions,
): PropertyDefinition<number> {
  const definition = numeric(type, options, (raw) => {
    const value = parseNumber(raw);
    // Number() also takes 0x10, 1e3 and 1.0 for whole; Kafka does not.
    const isWhole = Number.isInteger(value) && (typeof raw !== 'string' || /^[+-]?\d+$/.test(raw.trim()));
    if (!isWhole) throw new RangeError('a whole number');
    return value;
  });
  return {
    ...definition,
    parse(raw) {
      const value = definition.parse(raw);
      if (value >= typeMin && value <= typeMax) return value;
      const { min = typeMin, max = typeMax } = options;
      throw new RangeError(`between ${formatNumber(min)} and ${formatNumber(max)}`);
    },
  };
}

function numeric(
  type: PropertyType,
  options: NumberOptions,
  parse: (raw: RawValue) => number,
): PropertyDefinition<number> {
  const { min = -Infinity, max = Infinity } = options;
  const { range } = rangeText(options);
  return {
    ...common(type, options),
    ...(range === undefined ? {} : { range }),
    parse(raw) {
      const value = parse(raw);
      if (value < min || value > max) throw new RangeError(range);
      return value;
    },
    format: formatNumber,
  };
}

function rangeText({ min, max }: NumberOptions): { range?: string } {
  if (min !== undefined && max !== undefined)
    return { range: `between ${formatNumber(min)} and ${formatNumber(max)}` };
  if (min !== undefined) return { range: `at least ${min}` };
  if (max !== undefined) return { range: `at most ${max}` };
  return {};
}

function parseNumber(raw: RawValue): number {
  const value = typeof raw === 'number' ? raw : Number(String(raw).trim() || NaN);
  if (Number.isNaN(value)) throw new RangeError('a number');
  return value;
}

function formatNumber(value: number): string {
  // Past 2^53 only Kafka's "never" is in use, and JavaScript would print it rounded.
  if (value === LONG_MAX) return '9223372036854775807';
  return value === -LONG_MAX ? '-9223372036854775808' : String(value);
}

function parseBoolean(raw: RawValue): boolean {
  if (typeof raw === 'boolean') return raw;
  const text = String(raw).trim().toLowerCase();
  if (text === 'true') return true;
  if (text === 'false') return false;
  throw new RangeError('true or false');
}

function parseList(raw: RawValue): string[] {
  if (Array.isArray(raw)) return raw.map(String);
  return String(raw)
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
}

function checkChoice(value: string, oneOf: readonly string[] | undefined, ignoresCase = false): string {
  if (oneOf === undefined || oneOf.includes(value)) return value;
  const same = ignoresCase ? oneOf.find((one) => one.toLowerCase() === value.toLowerCase()) : undefined;
  if (same === undefined) throw new RangeError(`one of ${oneOf.join(', ')}`);
  return same;
}
