/**
 * Pages of docs/reference are what the code says: a package's `reference-pages.test.ts` writes each from a table of the
 * package and compares it with the file. `vitest run -u` writes the files anew.
 *
 * ```ts
 * const page = referencePage('# Log errors', 'Errors of `@millrace/log`.', errorTable(logErrors));
 * await expect(page).toMatchFileSnapshot(referenceFile('log-errors.md'));
 * ```
 *
 * Nothing of ours is imported here, so that every package, the lowest one too, can use it.
 *
 * @packageDocumentation
 */
export { errorTable, type ErrorRow } from './error-table.ts';
export { markdownTable } from './markdown-table.ts';
export { propertyTable, type PropertyRow } from './property-table.ts';
export { referenceFile, referencePage } from './reference-page.ts';
