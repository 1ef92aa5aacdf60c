/** What a schema carries beside its text. Null and absent members are the same: neither is written. */
export interface Metadata {
  readonly tags?: Readonly<Record<string, readonly string[]>>;
  readonly properties?: Readonly<Record<string, string>>;
  /** Names of properties whose values are secrets. */
  readonly sensitive?: readonly string[];
}

export interface Rule {
  readonly name: string;
  readonly doc?: string;
  /** `TRANSFORM`, the default, or `CONDITION`. */
  readonly kind: string;
  /** Default `WRITEREAD`. */
  readonly mode: string;
  readonly type?: string;
  readonly tags?: readonly string[];
  readonly params?: Readonly<Record<string, string>>;
  readonly expr?: string;
  readonly onSuccess?: string;
  readonly onFailure?: string;
  readonly disabled: boolean;
}

export interface RuleSet {
  readonly migrationRules?: readonly Rule[];
  readonly domainRules?: readonly Rule[];
  readonly encodingRules?: readonly Rule[];
  readonly enableAt?: string;
}

/** The property that says which version a schema with metadata is. */
export const VERSION_PROPERTY = 'confluent:version';
/** The property that lists fields which must not be used, separated by commas. */
export const RESERVED_PROPERTY = 'confluent:reserved';

export const ruleLists = ['migrationRules', 'domainRules', 'encodingRules'] as const;

/** Keys in the order in which Java sorts text: by UTF-16 code unit. */
export function sortedEntries<T>(record: Readonly<Record<string, T>> | undefined): [string, T][] {
  return Object.entries(record ?? {}).toSorted(([left], [right]) => byCodeUnit(left, right));
}

export function byCodeUnit(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
