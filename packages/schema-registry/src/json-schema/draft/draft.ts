import { isMembers, type JsonValue } from '../../json-text/json-node.ts';

/** The drafts of JSON Schema, oldest first. */
export const drafts = ['draft-04', 'draft-06', 'draft-07', '2019-09', '2020-12'] as const;

/** A draft of JSON Schema. */
export type Draft = (typeof drafts)[number];

/** What a schema without `$schema` is read as. */
export const DEFAULT_DRAFT: Draft = 'draft-07';

const draftOfAddress: Readonly<Record<string, Draft>> = {
  'json-schema.org/draft-04/schema': 'draft-04',
  'json-schema.org/draft-06/schema': 'draft-06',
  'json-schema.org/draft-07/schema': 'draft-07',
  'json-schema.org/draft/2019-09/schema': '2019-09',
  'json-schema.org/draft/2020-12/schema': '2020-12',
};

/** The draft that `$schema` names; the default where it is absent or names a meta-schema of somebody's own. */
export function draftOf(schema: JsonValue): Draft {
  const address = isMembers(schema) ? schema['$schema'] : undefined;
  if (typeof address !== 'string') return DEFAULT_DRAFT;
  return draftOfAddress[address.replace(/^https?:\/\//, '').replace(/#$/, '')] ?? DEFAULT_DRAFT;
}

/** Whether `draft` is `first` or a later one. */
export function isSince(draft: Draft, first: Draft): boolean {
  return drafts.indexOf(draft) >= drafts.indexOf(first);
}

/** The keyword that gives a schema its address. */
export function idKeyword(draft: Draft): 'id' | '$id' {
  return draft === 'draft-04' ? 'id' : '$id';
}
