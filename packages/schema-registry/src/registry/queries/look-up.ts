import { contextOf, DEFAULT_CONTEXT, formatSubject, parseSubject } from '../../subject/qualified-subject.ts';
import { applySettings } from '../apply-settings.ts';
import type { RegistryView } from '../registry-view.ts';
import { RestError } from '../rest-error.ts';
import { schemaGuid, type SchemaContent } from '../schema-identity.ts';
import type { SchemaRequest } from '../schema-request.ts';
import { configInScope } from '../setting-scope.ts';
import type { StoredSchema } from '../stored-schema.ts';
import { canonicalContent, type CanonicalContent } from './canonical-content.ts';
import { isSameSchema } from './same-schema.ts';

export interface LookUpOptions {
  readonly normalize: boolean;
  readonly includeDeleted: boolean;
}

/** The version of the subject that the request means, in the subject's context or, unqualified, in any. */
export function lookUpInContexts(
  view: RegistryView,
  subject: string,
  request: SchemaRequest,
  options: LookUpOptions,
): StoredSchema | undefined {
  const found = lookUpWithSettings(view, subject, request, options);
  if (found !== undefined || contextOf(subject) !== DEFAULT_CONTEXT) return found;
  const { name } = parseSubject(subject);
  for (const context of view.state.contexts()) {
    const there = formatSubject({ context, name });
    if (view.state.schemas.versions(there).length === 0) continue;
    const elsewhere = tryLookUp(() => lookUpWithSettings(view, there, request, options));
    if (elsewhere !== undefined) return elsewhere;
  }
  return undefined;
}

/** References may not resolve in another context: then the schema is not there. */
function tryLookUp(look: () => StoredSchema | undefined): StoredSchema | undefined {
  try {
    return look();
  } catch (error) {
    if (error instanceof RestError) return undefined;
    throw error;
  }
}

/** As registered with, or without, the metadata and rules that settings and the latest version add. */
function lookUpWithSettings(
  view: RegistryView,
  subject: string,
  request: SchemaRequest,
  options: LookUpOptions,
): StoredSchema | undefined {
  const found = lookUp(view, subject, request, options);
  const latest = view.state.schemas.latest(subject);
  if (found !== undefined || latest === undefined) return found;
  const config = configInScope(view.state, subject, view.defaults);
  const completed = applySettings(config, request, { previous: latest, newVersion: undefined });
  return completed === request ? undefined : lookUp(view, subject, completed, options);
}

/** The version of exactly this subject with the content of the request. @throws RestError INVALID_SCHEMA */
export function lookUp(
  view: RegistryView,
  subject: string,
  request: SchemaRequest,
  { normalize, includeDeleted, latestOnly = false }: LookUpOptions & { readonly latestOnly?: boolean },
): StoredSchema | undefined {
  if (request.schema.trim() === '') return undefined;
  const wanted = canonicalContent(view, subject, request, { strict: false, normalize });
  if (!latestOnly) {
    const same = withIdentity(view, subject, wanted.content).find(
      ({ deleted }) => includeDeleted || !deleted,
    );
    if (same !== undefined) return same;
  }
  const candidates = view.state.schemas.versions(subject).filter(({ deleted }) => includeDeleted || !deleted);
  return findSame(view, wanted, latestOnly ? candidates.slice(-1) : candidates);
}

/** The newest of these versions that the request means. */
export function findSame(
  { state, schemas }: RegistryView,
  wanted: CanonicalContent,
  candidates: readonly StoredSchema[],
): StoredSchema | undefined {
  return candidates.findLast((stored) => {
    // Texts decide in nearly all cases; without references on both sides there is nothing to parse for.
    const needsParsing = stored.references.length > 0 && wanted.content.references.length === 0;
    if (!needsParsing && stored.schema !== wanted.content.schema) return false;
    return isSameSchema(wanted, stored, schemas.stored(state, stored));
  });
}

/** Versions of the subject whose content is identical, the newest first. */
export function withIdentity(
  { state }: RegistryView,
  subject: string,
  content: SchemaContent,
): readonly StoredSchema[] {
  const guid = schemaGuid(content);
  const id = state.schemas.idOfGuid(contextOf(subject), guid);
  if (id === undefined) return [];
  const sharing = state.schemas.withId(contextOf(subject), id);
  return sharing.filter((stored) => stored.subject === subject && stored.guid === guid).toReversed();
}
