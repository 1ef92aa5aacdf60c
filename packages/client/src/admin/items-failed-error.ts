import { MillraceError, type ErrorEntry } from '@millrace/protocol';
import { clientErrors } from '../errors.ts';

/**
 * A call about several things succeeded for some of them at most. `code` is that of the failures where they all have
 * the same one, for example `TOPIC_ALREADY_EXISTS`.
 */
export class ItemsFailedError<Value> extends MillraceError {
  readonly operation: string;
  /** What succeeded, by item: topic, `topic-partition`, group. */
  readonly results: ReadonlyMap<string, Value>;
  /** What failed, by item. */
  readonly errors: ReadonlyMap<string, Error>;

  constructor(
    operation: string,
    results: ReadonlyMap<string, Value>,
    errors: ReadonlyMap<string, Error>,
    options?: ErrorOptions,
  ) {
    const [[item, first] = ['', undefined]] = errors;
    const more = errors.size > 1 ? ` (and ${errors.size - 1} more)` : '';
    const text = `${operation} failed for "${item}"${more}: ${first?.message ?? 'unknown'}`;
    super(entryOf([...errors.values()]), text, { cause: first, ...options });
    this.operation = operation;
    this.results = results;
    this.errors = errors;
  }
}

function entryOf(errors: readonly Error[]): ErrorEntry {
  const codes = new Set(errors.map((error) => (error instanceof MillraceError ? error.code : undefined)));
  const [code] = codes;
  const retriable = errors.every((error) => error instanceof MillraceError && error.retriable);
  const common = codes.size === 1 && code !== undefined ? code : clientErrors.ITEMS_FAILED.code;
  return { ...clientErrors.ITEMS_FAILED, code: common, retriable };
}
