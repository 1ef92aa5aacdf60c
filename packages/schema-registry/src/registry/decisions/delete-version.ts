import type { RegistryWrite } from '../registry-record.ts';
import type { RegistryState } from '../registry-state.ts';
import type { Decision, RegistryView } from '../registry-view.ts';
import { referenceExists, RestError, subjectNotFound, versionNotFound } from '../rest-error.ts';
import type { StoredSchema } from '../stored-schema.ts';
import { checkWritable } from './check-writable.ts';
import { schemaWrite } from './register.ts';

/** Deletes one version: softly, or for good if it was deleted softly before. -1 is the latest. */
export function decideDeleteVersion(
  { state }: RegistryView,
  subject: string,
  asked: number,
  { permanent }: { readonly permanent: boolean },
): Decision<number> {
  const stored = asked === -1 ? state.schemas.latest(subject) : state.schemas.version(subject, asked);
  if (stored === undefined) {
    throw state.schemas.versions(subject).length === 0 ? subjectNotFound(subject) : versionNotFound(asked);
  }
  const { version } = stored;
  if (stored.deleted && !permanent) {
    throw new RestError(
      'VERSION_SOFT_DELETED',
      `Subject '${subject}' Version ${version} was soft deleted.Set permanent=true to delete permanently`,
    );
  }
  checkWritable(state, subject);
  if (!permanent) checkAssociations(state, subject, version);
  if (referrersOf(state, stored, permanent).length > 0) throw referenceExists(keyText(stored));
  if (permanent && !stored.deleted) {
    throw new RestError(
      'VERSION_NOT_SOFT_DELETED',
      `Subject '${subject}' Version ${version} was not deleted first before being permanently deleted`,
    );
  }
  const isLast = state.schemas.versions(subject).length === 1;
  const writes = permanent
    ? [tombstone(stored), ...(isLast ? settingTombstones(state, subject) : [])]
    : [schemaWrite({ ...stored, deleted: true })];
  return { writes, answer: () => version };
}

/** Deletes all versions of a subject: softly, or for good if they were deleted softly before. */
export function decideDeleteSubject(
  { state }: RegistryView,
  subject: string,
  { permanent }: { readonly permanent: boolean },
): Decision<number[]> {
  const all = state.schemas.versions(subject);
  if (all.length === 0) throw subjectNotFound(subject);
  const affected = permanent ? all : all.filter(({ deleted }) => !deleted);
  if (affected.length === 0) {
    throw new RestError(
      'SUBJECT_SOFT_DELETED',
      `Subject '${subject}' was soft deleted.Set permanent=true to delete permanently`,
    );
  }
  checkWritable(state, subject);
  if ([...state.associations.ofSubject(subject)].length > 0) {
    throw new RestError(
      'ASSOCIATION_FOR_SUBJECT_EXISTS',
      `An association already exists for subject '${subject}'`,
    );
  }
  for (const stored of affected) {
    const others = referrersOf(state, stored, permanent).filter((referrer) => referrer.subject !== subject);
    if (others.length > 0) throw referenceExists(keyText(stored));
    if (permanent && !stored.deleted) {
      throw new RestError(
        'SUBJECT_NOT_SOFT_DELETED',
        `Subject '${subject}' was not deleted first before being permanently deleted`,
      );
    }
  }
  const versions = affected.map(({ version }) => version);
  const writes: RegistryWrite[] = permanent
    ? [...affected.toReversed().map(tombstone), ...settingTombstones(state, subject)]
    : [{ type: 'DELETE_SUBJECT', key: { subject }, value: { version: versions.at(-1)! } }];
  return { writes, answer: () => versions };
}

export function referrersOf(
  state: RegistryState,
  { subject, version }: StoredSchema,
  includeDeleted: boolean,
): StoredSchema[] {
  return [...state.schemas.referrers(subject, version)].filter(({ deleted }) => includeDeleted || !deleted);
}

export function tombstone({ subject, version }: StoredSchema): RegistryWrite {
  return { type: 'SCHEMA', key: { subject, version }, value: null };
}

/** The key of the record, as messages of the REST API show it. */
export function keyText({ subject, version }: StoredSchema): string {
  return `{magic=1,keytype=SCHEMA,subject=${subject},version=${version}}`;
}

function settingTombstones(state: RegistryState, subject: string): RegistryWrite[] {
  return [
    ...(state.mode(subject) === undefined ? [] : [{ type: 'MODE', key: { subject }, value: null } as const]),
    ...(state.config(subject) === undefined
      ? []
      : [{ type: 'CONFIG', key: { subject }, value: null } as const]),
  ];
}

/** A subject with an association keeps a live version. */
function checkAssociations(state: RegistryState, subject: string, version: number): void {
  if ([...state.associations.ofSubject(subject)].length === 0) return;
  const others = state.schemas
    .versions(subject)
    .filter((other) => !other.deleted && other.version !== version);
  if (others.length > 0) return;
  throw new RestError('NO_ACTIVE_VERSION', `No active (non-deleted) version exists for subject '${subject}'`);
}
