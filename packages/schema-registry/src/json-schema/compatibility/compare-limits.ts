import type { Difference, DifferenceType } from './difference.ts';

/** The names of what may happen to a keyword with a number, such as `MAX_LENGTH` of `MAX_LENGTH_INCREASED`. */
export type LimitName = DifferenceType extends infer Type
  ? Type extends `${infer Name}_INCREASED`
    ? Name
    : never
  : never;

/** What happened to one keyword with a number. */
export function compareLimit(
  name: LimitName,
  keyword: string,
  writer: number | undefined,
  reader: number | undefined,
): Difference[] {
  if (writer === reader) return [];
  return [{ type: `${name}_${changeOf(writer, reader)}`, path: `/${keyword}` }];
}

function changeOf(writer: number | undefined, reader: number | undefined) {
  if (writer === undefined) return 'ADDED';
  if (reader === undefined) return 'REMOVED';
  return reader > writer ? 'INCREASED' : 'DECREASED';
}
