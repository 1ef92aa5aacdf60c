import type { RegistryConfig } from '../../registry/registry-record.ts';
import { RestError, subjectNotFound, versionNotFound } from '../../registry/rest-error.ts';
import { configInScope, scopeOf, type Scope } from '../../registry/setting-scope.ts';
import type { StoredSchema } from '../../registry/stored-schema.ts';
import {
  contextOf,
  DEFAULT_CONTEXT,
  formatSubject,
  isValidSubject,
  normalizeSubject,
  parseSubject,
} from '../../subject/qualified-subject.ts';
import type { EndpointRequest } from './endpoint.ts';

const MAX_VERSION = 2 ** 31 - 1;

/** The subject of the path, in its one spelling. */
export function subjectOf(request: EndpointRequest): string {
  return normalizeSubject(request.param('subject'));
}

/** The subject, context, or everything that settings are for. */
export function settingScopeOf(request: EndpointRequest): Scope {
  return scopeOf(subjectOf(request));
}

/** @throws RestError INVALID_SUBJECT */
export function checkSubjectName(subject: string, options: { readonly forSettings: boolean }): void {
  if (isValidSubject(subject, options)) return;
  throw new RestError('INVALID_SUBJECT', `The specified subject '${subject}' is not a valid.`);
}

/** The version of the path; -1 is the latest one. @throws RestError INVALID_VERSION */
export function versionOf(request: EndpointRequest): number {
  const text = request.param('version').trim();
  if (text.toLowerCase() === 'latest') return -1;
  const version = /^[+-]?\d{1,10}$/.test(text) ? Number(text) : 0;
  if (version === -1 || (version >= 1 && version <= MAX_VERSION)) return version;
  throw new RestError(
    'INVALID_VERSION',
    `The specified version '${text}' is not a valid version id. ` +
      'Allowed values are between [1, 2^31-1] and the string "latest"',
  );
}

/** The version that a path means, in the subject's context or, unqualified, in any. @throws RestError */
export function storedVersion(
  request: EndpointRequest,
  { includeDeleted }: { readonly includeDeleted: boolean },
): StoredSchema {
  const { state } = request.view;
  const subject = subjectOf(request);
  const version = versionOf(request);
  const find = (name: string): StoredSchema | undefined => {
    if (version === -1) return state.schemas.latest(name);
    const stored = state.schemas.version(name, version);
    return stored === undefined || (stored.deleted && !includeDeleted) ? undefined : stored;
  };
  const found = find(subject) ?? inOtherContexts(request, subject, find);
  if (found !== undefined) return found;
  throw state.hasSubjects(subject, includeDeleted) ? versionNotFound(version) : subjectNotFound(subject);
}

function inOtherContexts<Found>(
  { view }: EndpointRequest,
  subject: string,
  find: (subject: string) => Found | undefined,
): Found | undefined {
  if (contextOf(subject) !== DEFAULT_CONTEXT) return undefined;
  const { name } = parseSubject(subject);
  for (const context of view.state.contexts()) {
    const found = find(formatSubject({ context, name }));
    if (found !== undefined) return found;
  }
  return undefined;
}

/** What applies to the subject. */
export function configFor({ view }: EndpointRequest, subject: string): RegistryConfig {
  return configInScope(view.state, subject, view.defaults);
}

/** Normal form because the request, or the settings, ask for it. */
export function isNormalizing(request: EndpointRequest, subject: string): boolean {
  return request.query.flag('normalize') || configFor(request, subject).normalize === true;
}
