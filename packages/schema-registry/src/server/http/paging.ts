import type { RegistryPropertyValues } from '../registry-settings.ts';
import type { Query } from './query.ts';

type Paged = 'schema' | 'subject' | 'subject.version' | 'context';

/** One page: `offset` items are left out; a `limit` that is not positive, or too large, becomes the default. */
export function page<Item>(
  items: readonly Item[],
  query: Query,
  kind: Paged,
  values: RegistryPropertyValues,
): Item[] {
  const offset = Math.max(0, query.whole('offset', 0));
  const asked = query.whole('limit', -1);
  const isTaken = asked > 0 && asked <= values[`${kind}.search.max.limit`];
  const limit = isTaken ? asked : values[`${kind}.search.default.limit`];
  return items.slice(offset, offset + limit);
}
