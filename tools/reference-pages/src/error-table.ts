import { markdownTable } from './markdown-table.ts';

/** What a package's table of errors says of one of them. */
export interface ErrorRow {
  readonly code: string;
  readonly retriable: boolean;
  readonly summary: string;
  readonly help: string;
}

/** The errors of a table as rows; `retriable` heads the column that says whether the same call may succeed later. */
export function errorTable(errors: Readonly<Record<string, ErrorRow>>, retriable = 'retriable'): string {
  return markdownTable(
    ['code', retriable, 'meaning', 'what to do'],
    Object.values(errors).map((error) => [
      `\`${error.code}\``,
      error.retriable ? 'yes' : 'no',
      error.summary,
      error.help,
    ]),
  );
}
