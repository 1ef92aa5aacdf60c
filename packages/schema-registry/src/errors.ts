import { MillraceError, type ErrorEntry } from '@millrace/protocol';

/** Every error of this package. */
export const registryErrors = {
  INVALID_SCHEMA: {
    code: 'ERR_REGISTRY_INVALID_SCHEMA',
    retriable: false,
    summary: 'The text is not a valid schema of its format.',
    help: 'The message names the line and column where the text breaks, or the path of the part that makes no sense.',
  },
} as const satisfies Record<string, ErrorEntry>;

/** Where a schema breaks: a position in its text, or a path into its meaning. */
export interface SchemaPlace {
  /** From 1. */
  readonly line?: number;
  /** From 1. */
  readonly column?: number;
  /** A JSON pointer, or the dotted name of a Protobuf element. */
  readonly path?: string;
}

/** The text is not a valid schema. */
export class InvalidSchemaError extends MillraceError {
  readonly place: SchemaPlace;

  constructor(problem: string, place: SchemaPlace = {}, options?: ErrorOptions) {
    super(registryErrors.INVALID_SCHEMA, `${problem}${placeText(place)}`, options);
    this.place = place;
  }
}

function placeText({ line, column, path }: SchemaPlace): string {
  const parts = [
    ...(path === undefined ? [] : [`at ${path === '' ? 'the root' : path}`]),
    ...(line === undefined ? [] : [`line ${line}${column === undefined ? '' : `, column ${column}`}`]),
  ];
  return parts.length === 0 ? '' : ` (${parts.join(', ')})`;
}
