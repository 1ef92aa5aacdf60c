import type { Rest } from '../model/schema-model.ts';
import { under, type Comparison } from './comparison.ts';
import type { Difference } from './difference.ts';

/** The family of names of a keyword that rules what may follow. */
type RestName = 'ADDITIONAL_PROPERTIES' | 'UNEVALUATED_PROPERTIES' | 'ADDITIONAL_ITEMS' | 'UNEVALUATED_ITEMS';

/** What happened to a keyword such as `additionalProperties`; absent is the same as `true`. */
export function compareRest(
  comparison: Comparison,
  { name, keyword }: { readonly name: RestName; readonly keyword: string },
  writer: Rest = 'anything',
  reader: Rest = 'anything',
): Difference[] {
  const path = `/${keyword}`;
  if (writer === reader) return [];
  if (writer === 'nothing') return [{ type: `${name}_ADDED`, path }];
  if (reader === 'nothing') return [{ type: `${name}_REMOVED`, path }];
  if (writer === 'anything') return [{ type: `${name}_NARROWED`, path }];
  if (reader === 'anything') return [{ type: `${name}_EXTENDED`, path }];
  return under(path, comparison.compare(writer, reader));
}
