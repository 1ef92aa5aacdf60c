import { MalformedMessageError, rawFieldsOf } from '../descriptor/wire-bytes.ts';

/** The features of editions, which say what syntaxes used to say. */
export interface Features {
  readonly fieldPresence: 'EXPLICIT' | 'IMPLICIT' | 'LEGACY_REQUIRED';
  readonly enumType: 'OPEN' | 'CLOSED';
  readonly repeatedFieldEncoding: 'PACKED' | 'EXPANDED';
  readonly utf8Validation: 'VERIFY' | 'NONE';
  readonly messageEncoding: 'LENGTH_PREFIXED' | 'DELIMITED';
  readonly jsonFormat: 'ALLOW' | 'LEGACY_BEST_EFFORT';
}

/** The features of a file that says nothing about them. */
export const DEFAULT_FEATURES: Readonly<Record<'proto2' | 'proto3' | 'editions', Features>> = {
  proto2: {
    fieldPresence: 'EXPLICIT',
    enumType: 'CLOSED',
    repeatedFieldEncoding: 'EXPANDED',
    utf8Validation: 'NONE',
    messageEncoding: 'LENGTH_PREFIXED',
    jsonFormat: 'LEGACY_BEST_EFFORT',
  },
  proto3: {
    fieldPresence: 'IMPLICIT',
    enumType: 'OPEN',
    repeatedFieldEncoding: 'PACKED',
    utf8Validation: 'VERIFY',
    messageEncoding: 'LENGTH_PREFIXED',
    jsonFormat: 'ALLOW',
  },
  editions: {
    fieldPresence: 'EXPLICIT',
    enumType: 'OPEN',
    repeatedFieldEncoding: 'PACKED',
    utf8Validation: 'VERIFY',
    messageEncoding: 'LENGTH_PREFIXED',
    jsonFormat: 'ALLOW',
  },
};

/** Values by their numbers in `FeatureSet`, from number 1; where numbers have gaps there is undefined. */
const VALUES = {
  fieldPresence: { number: 1, values: [undefined, 'EXPLICIT', 'IMPLICIT', 'LEGACY_REQUIRED'] },
  enumType: { number: 2, values: [undefined, 'OPEN', 'CLOSED'] },
  repeatedFieldEncoding: { number: 3, values: [undefined, 'PACKED', 'EXPANDED'] },
  utf8Validation: { number: 4, values: [undefined, undefined, 'VERIFY', 'NONE'] },
  messageEncoding: { number: 5, values: [undefined, 'LENGTH_PREFIXED', 'DELIMITED'] },
  jsonFormat: { number: 6, values: [undefined, 'ALLOW', 'LEGACY_BEST_EFFORT'] },
} as const;

/** `parent` with what the `FeatureSet` in field `number` of an options message says otherwise. */
export function inheritFeatures(parent: Features, options: Buffer | undefined, number: number): Features {
  const written = optionFields(options, number).map(({ bytes }) => bytes);
  if (written.length === 0) return parent;
  const fields = written.flatMap((bytes) => rawFieldsOf(bytes));
  const overridden: Record<string, string> = {};
  for (const [name, { number, values }] of Object.entries(VALUES)) {
    const last = fields.findLast((field) => field.number === number);
    const value = last === undefined ? undefined : values[Number(last.value)];
    if (value !== undefined) overridden[name] = value;
  }
  return { ...parent, ...overridden };
}

/** A bool or enum option by its field number; undefined when it is not set. */
export function optionNumber(options: Buffer | undefined, number: number): number | undefined {
  const last = optionFields(options, number).at(-1);
  return last === undefined ? undefined : Number(last.value);
}

function optionFields(options: Buffer | undefined, number: number): ReturnType<typeof rawFieldsOf> {
  if (options === undefined) return [];
  try {
    return rawFieldsOf(options).filter((field) => field.number === number);
  } catch (cause) {
    if (cause instanceof MalformedMessageError) return [];
    throw cause;
  }
}
