/** One row of a package's error table. The docs page of the package is generated from these. */
export interface ErrorEntry {
  /** Stable and searchable, prefixed by package, for example `ERR_LOG_CORRUPT_BATCH`. Never renamed. */
  readonly code: string;
  /** May the same call be tried again unchanged? */
  readonly retriable: boolean;
  /** The wire error code that says the same to a Kafka client, where there is one. */
  readonly kafkaCode?: number;
  /** One line for the docs. */
  readonly summary: string;
  /** What a user does next. */
  readonly help: string;
}

const brand = Symbol.for('millrace.error');

/**
 * The base of every error that Millrace throws.
 *
 * `instanceof` goes by a branded list of class names, so it holds across two installed copies of a package and across
 * worker threads.
 */
export class MillraceError extends Error {
  readonly code: string;
  readonly retriable: boolean;

  constructor(entry: ErrorEntry, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
    this.code = entry.code;
    this.retriable = entry.retriable;
    Object.defineProperty(this, brand, { value: classNames(new.target), enumerable: false });
  }

  static override [Symbol.hasInstance](value: unknown): boolean {
    if (typeof value !== 'object' || value === null) return false;
    const names = (value as { [brand]?: readonly string[] })[brand];
    return names !== undefined && names.includes(this.name);
  }
}

/** Errors of one class are made in bulk where a node is out of reach. */
const namesOf = new WeakMap<object, readonly string[]>();

function classNames(constructor: { readonly name: string }): readonly string[] {
  const known = namesOf.get(constructor);
  if (known !== undefined) return known;
  const names: string[] = [];
  for (let current = constructor; current !== Error && current.name !== '';) {
    names.push(current.name);
    current = Object.getPrototypeOf(current) as { readonly name: string };
  }
  namesOf.set(constructor, names);
  return names;
}
