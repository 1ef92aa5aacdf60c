import {
  contextOf,
  contextPrefix,
  DEFAULT_CONTEXT,
  qualifyWithParent,
} from '../../subject/qualified-subject.ts';
import { applySettings, hasDefaultsOrOverrides } from '../apply-settings.ts';
import { canonicalContent, type CanonicalContent } from '../queries/canonical-content.ts';
import { compareWithPrevious } from '../queries/compatibility.ts';
import { findSame, lookUp, withIdentity } from '../queries/look-up.ts';
import { metadataJson, ruleSetJson } from '../write-data-contract.ts';
import type { Mode, RegistryConfig, RegistryWrite, SchemaValue } from '../registry-record.ts';
import type { Decision, RegistryView } from '../registry-view.ts';
import { invalidSchema, notPermitted, RestError } from '../rest-error.ts';
import { schemaGuid, type SchemaContent } from '../schema-identity.ts';
import type { SchemaRequest } from '../schema-request.ts';
import { configInScope, modeInScope } from '../setting-scope.ts';
import type { StoredSchema } from '../stored-schema.ts';
import { changeTags, inlineTags } from '../tags/inline-tags.ts';

export interface RegisterOptions {
  readonly normalize: boolean;
  /** Skips the compatibility check. */
  readonly force: boolean;
  /** Schemas that are registered by the same decision before this one: their ids are taken. */
  readonly together?: readonly SchemaValue[];
}

/**
 * The version that a registration would only find again: answered by every instance, without the leader.
 * @throws RestError INVALID_SCHEMA
 */
export function findRegistered(
  view: RegistryView,
  subject: string,
  request: SchemaRequest,
  normalize: boolean,
): StoredSchema | undefined {
  const config = configInScope(view.state, subject, view.defaults);
  const changesText = hasTagChanges(request) || request.propagatesTags;
  if (changesText || hasDefaultsOrOverrides(config)) return undefined;
  const latestOnly = request.version === -1;
  const found = lookUp(view, subject, request, { normalize, includeDeleted: false, latestOnly });
  if (found === undefined) return undefined;
  if (request.version <= 0) return request.id < 0 || request.id === found.id ? found : undefined;
  if (request.id !== found.id) return undefined;
  if (request.version === found.version) return found;
  const asked = view.state.schemas.version(subject, request.version);
  return asked?.deleted === false && asked.guid === found.guid ? asked : undefined;
}

/** Registers a schema under a subject. */
export function decideRegister(
  view: RegistryView,
  subject: string,
  asked: SchemaRequest,
  { normalize, force, together = [] }: RegisterOptions,
): Decision<StoredSchema> {
  const mode = modeInScope(view.state, subject);
  checkMode(subject, mode, asked.id);
  const isImport = mode === 'IMPORT' || mode === 'FORWARD';
  const all = view.state.schemas.versions(subject);
  const live = all.filter(({ deleted }) => !deleted);
  const newVersion = (all.at(-1)?.version ?? 0) + 1;
  const config = configInScope(view.state, subject, view.defaults);
  const completed = isImport ? withTags(asked) : complete(config, withTags(asked), live.at(-1), newVersion);
  if (completed.schema.trim() === '') throw invalidSchema('Empty schema');
  const strict = asked.id < 0 && (config.validateNewSchemas ?? view.defaults.validateNewSchemas);
  const wanted = canonicalContent(view, subject, completed, { strict, normalize: normalize && !isImport });
  checkReferences(view, subject, wanted.content);

  const known = findKnown(view, subject, completed, wanted, live);
  if ('answer' in known) return { writes: [], answer: () => known.answer };
  if (!isImport && !force) checkFits(view, config, wanted, { subject, live });
  if (!isImport && completed.version > 0 && completed.version !== newVersion) {
    throw invalidSchema('Version is not one more than previous version');
  }
  const version = completed.version > 0 ? completed.version : newVersion;
  const id = chooseId(view, subject, wanted.content, { asked: known.id, together });
  const { schemaType } = completed;
  const value: SchemaValue = { subject, version, id, schemaType, deleted: false, ...wanted.content };
  return {
    writes: [...contextWrites(view, subject), ...replacedVersions(view, all, value), schemaWrite(value)],
    answer: (state) => state.schemas.version(subject, version)!,
  };
}

function checkMode(subject: string, mode: Mode, id: number): void {
  const place = `Subject ${subject} in context ${contextPrefix(contextOf(subject))}`;
  if (mode === 'READONLY' || mode === 'READONLY_OVERRIDE') {
    throw notPermitted(`${place} is in read-only mode`);
  }
  if (id >= 0 && mode === 'READWRITE') throw notPermitted(`${place} is not in import mode`);
  if (id < 0 && mode !== 'READWRITE') throw notPermitted(`${place} is not in read-write mode`);
}

function hasTagChanges({ tagsToAdd, tagsToRemove }: SchemaRequest): boolean {
  return tagsToAdd.length > 0 || tagsToRemove.length > 0;
}

/** A request with tag changes extends the latest version, so that its metadata says which version it is. */
function withTags(request: SchemaRequest): SchemaRequest {
  if (!hasTagChanges(request)) return request;
  const { schemaType, tagsToAdd: add, tagsToRemove: remove } = request;
  const schema = changeTags(schemaType, request.schema, { add, remove });
  return { ...request, schema, version: request.version === 0 ? -1 : request.version };
}

/** What the request leaves open comes from the version before it, and from the settings. */
function complete(
  config: RegistryConfig,
  request: SchemaRequest,
  previous: StoredSchema | undefined,
  newVersion: number,
): SchemaRequest {
  const takesText = request.schema.trim() === '' && previous !== undefined;
  const { schema, schemaType, references } = takesText ? previous : request;
  const inherited = request.propagatesTags && previous !== undefined;
  const add = inherited ? inlineTags(previous.schemaType, previous.schema) : [];
  const tagged = changeTags(schemaType, schema, { add, remove: [] });
  const withText = { ...request, schema: tagged, schemaType, references };
  return applySettings(config, withText, { previous, newVersion });
}

/** What belongs to one resource alone cannot be shared as a reference. */
function checkReferences({ state }: RegistryView, subject: string, { references }: SchemaContent): void {
  for (const reference of references) {
    const owners = state.associations.ofSubject(qualifyWithParent(subject, reference.subject));
    if ([...owners].some(({ lifecycle }) => lifecycle === 'STRONG')) {
      throw notPermitted(`Subject '${reference.subject}' has a strong association and cannot be referenced`);
    }
  }
}

/** The version that is meant already, or else the id that the new one has to take; -1 for a new id. */
function findKnown(
  view: RegistryView,
  subject: string,
  request: SchemaRequest,
  wanted: CanonicalContent,
  live: readonly StoredSchema[],
): { readonly answer: StoredSchema } | { readonly id: number } {
  const context = contextOf(subject);
  const sharedId = view.state.schemas.idOfGuid(context, schemaGuid(wanted.content));
  const isShared = sharedId !== undefined && (request.id < 0 || request.id === sharedId);
  const id = isShared ? sharedId : request.id;
  if (request.version !== 0) return { id };
  const identical = withIdentity(view, subject, wanted.content).find(({ deleted }) => !deleted);
  if (isShared && identical !== undefined) return { answer: identical };
  const candidates = live.filter((stored) => id < 0 || stored.id === id);
  const same = findSame(view, wanted, candidates);
  return same === undefined ? { id } : { answer: same };
}

function checkFits(
  view: RegistryView,
  config: RegistryConfig,
  { parsed, content }: CanonicalContent,
  { subject, live }: { readonly subject: string; readonly live: readonly StoredSchema[] },
): void {
  const messages = compareWithPrevious(view, config, { parsed, metadata: content.metadata }, live);
  if (messages.length === 0) return;
  throw new RestError(
    'INCOMPATIBLE_SCHEMA',
    `Schema being registered is incompatible with an earlier schema for subject "${subject}", ` +
      `details: [${messages.join(', ')}]`,
  );
}

function chooseId(
  { state }: RegistryView,
  subject: string,
  content: SchemaContent,
  { asked, together }: { readonly asked: number; readonly together: readonly SchemaValue[] },
): number {
  const context = contextOf(subject);
  if (asked < 0) {
    const siblings = together.filter((sibling) => contextOf(sibling.subject) === context);
    const identical = siblings.find((sibling) => isSameContent(sibling, content));
    return identical?.id ?? Math.max(state.schemas.maxId(context), ...siblings.map(({ id }) => id)) + 1;
  }
  const other = state.schemas.withId(context, asked)[0];
  if (other !== undefined && !isSameContent(other, content)) {
    const place = contextPrefix(context);
    throw notPermitted(`Overwrite new schema with id ${asked} in context ${place} is not permitted.`);
  }
  return asked;
}

function isSameContent(left: SchemaContent, right: SchemaContent): boolean {
  return contentText(left) === contentText(right);
}

function contentText({ schema, references, metadata, ruleSet }: SchemaContent): string {
  return JSON.stringify([schema, references, metadataJson(metadata), ruleSetJson(ruleSet)]);
}

function contextWrites({ state }: RegistryView, subject: string): RegistryWrite[] {
  const context = contextOf(subject);
  if (context === DEFAULT_CONTEXT || state.hasContext(context)) return [];
  return [{ type: 'CONTEXT', key: { context }, value: true }];
}

/** Soft-deleted versions with the same id make room, unless something refers to them by their number. */
function replacedVersions(
  { state }: RegistryView,
  all: readonly StoredSchema[],
  { id, version }: SchemaValue,
): RegistryWrite[] {
  return all
    .filter((stored) => stored.deleted && stored.id === id && stored.version < version)
    .filter((stored) => [...state.schemas.referrers(stored.subject, stored.version)].length === 0)
    .map((stored) => ({
      type: 'SCHEMA',
      key: { subject: stored.subject, version: stored.version },
      value: null,
    }));
}

export function schemaWrite(value: SchemaValue): RegistryWrite {
  return { type: 'SCHEMA', key: { subject: value.subject, version: value.version }, value };
}
