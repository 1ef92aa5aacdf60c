import { incompatibilities } from '../../registry/queries/compatibility.ts';
import { RestError, versionNotFound } from '../../registry/rest-error.ts';
import { readSchemaRequest } from '../../registry/schema-request.ts';
import type { StoredSchema } from '../../registry/stored-schema.ts';
import {
  normalizeParameter,
  ok,
  type Endpoint,
  type EndpointAnswer,
  type EndpointRequest,
} from './endpoint.ts';
import { isNormalizing, subjectOf, versionOf } from './request-parts.ts';

const query = [
  normalizeParameter,
  { name: 'verbose', type: 'flag', doc: 'with `messages`; a schema that makes no sense is answered so, too' },
] as const;
const body = '`schema`, and `schemaType`, `references`, `metadata`, `ruleSet` where it has them';
const answer = '`is_compatible`, and `messages` if asked for';

const testVersion: Endpoint = {
  method: 'POST',
  path: '/compatibility/subjects/{subject}/versions/{version}',
  summary: 'Would a schema fit one version of the subject?',
  query,
  body,
  answer,
  errors: ['VERSION_NOT_FOUND', 'INVALID_VERSION', 'INVALID_SCHEMA'],
  handle(request) {
    const { schemas } = request.view.state;
    const version = versionOf(request);
    const subject = subjectOf(request);
    const found = version === -1 ? schemas.latest(subject) : schemas.version(subject, version);
    const stored = found?.deleted === true ? undefined : found;
    if (stored === undefined && version !== -1) throw versionNotFound(version);
    return test(request, stored === undefined ? [] : [stored]);
  },
};

const testSubject: Endpoint = {
  method: 'POST',
  path: '/compatibility/subjects/{subject}/versions',
  summary: 'Would a schema fit the live versions of the subject that its level asks for?',
  query,
  body,
  answer,
  errors: ['INVALID_SCHEMA'],
  handle(request) {
    const versions = request.view.state.schemas.versions(subjectOf(request));
    return test(
      request,
      versions.filter(({ deleted }) => !deleted),
    );
  },
};

function test(request: EndpointRequest, previous: readonly StoredSchema[]): EndpointAnswer {
  const isVerbose = request.query.flag('verbose');
  const messages = messagesOf(request, previous, isVerbose);
  const isCompatible = messages.length === 0;
  return ok({ is_compatible: isCompatible, ...(isVerbose && !isCompatible ? { messages } : {}) });
}

function messagesOf(
  request: EndpointRequest,
  previous: readonly StoredSchema[],
  isVerbose: boolean,
): readonly string[] {
  const subject = subjectOf(request);
  const wanted = readSchemaRequest(request.body());
  const normalize = isNormalizing(request, subject);
  try {
    return incompatibilities(request.view, subject, wanted, { previous, normalize });
  } catch (error) {
    if (isVerbose && error instanceof RestError) return [error.message];
    throw error;
  }
}

export const compatibilityEndpoints: readonly Endpoint[] = [testVersion, testSubject];
