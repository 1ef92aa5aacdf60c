import { contextOf, DEFAULT_CONTEXT, formatSubject, parseSubject } from '../../subject/qualified-subject.ts';
import type { RegistryState } from '../registry-state.ts';
import type { StoredSchema } from '../stored-schema.ts';

/**
 * A schema that has the id in the context of `subject`; with a whole subject, the one that this subject has. An
 * unqualified subject may also be found in another context.
 */
export function schemaById(
  { schemas, contexts }: IdView,
  id: number,
  subject: string,
): StoredSchema | undefined {
  const { context, name } = parseSubject(subject);
  const sharing = schemas.withId(context, id);
  if (name === '') return sharing[0];
  const own = sharing.findLast((stored) => stored.subject === subject);
  if (own !== undefined || context !== DEFAULT_CONTEXT) return own;
  for (const other of contexts) {
    const there = formatSubject({ context: other, name });
    const found = schemas.withId(other, id).findLast((stored) => stored.subject === there);
    if (found !== undefined) return found;
  }
  return sharing[0];
}

export interface IdView {
  readonly schemas: RegistryState['schemas'];
  /** Without the default one. */
  readonly contexts: readonly string[];
}

/** Every version with the same content as the one that {@link schemaById} finds; undefined if there is none. */
export function versionsById(view: IdView, id: number, subject: string): readonly StoredSchema[] | undefined {
  const found = schemaById(view, id, subject);
  if (found === undefined) return undefined;
  return view.schemas.withId(contextOf(found.subject), id);
}

/** The first schema with the GUID, in the default context or any other. */
export function schemaByGuid({ schemas, contexts }: IdView, guid: string): StoredSchema | undefined {
  for (const context of [DEFAULT_CONTEXT, ...contexts]) {
    const id = schemas.idOfGuid(context, guid);
    const found =
      id === undefined ? undefined : schemas.withId(context, id).find((stored) => stored.guid === guid);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The ids that a GUID has, one per context at most. */
export function idsByGuid({ schemas, contexts }: IdView, guid: string): { context: string; id: number }[] {
  return [DEFAULT_CONTEXT, ...contexts].flatMap((context) => {
    const id = schemas.idOfGuid(context, guid);
    return id === undefined ? [] : [{ context, id }];
  });
}
