import { decideChangeTags, readTagRequest } from '../../registry/decisions/change-tags.ts';
import { checkRules } from '../../registry/decisions/change-config.ts';
import { decideDeleteVersion, referrersOf } from '../../registry/decisions/delete-version.ts';
import { decideRegister, findRegistered } from '../../registry/decisions/register.ts';
import { subjectNotFound } from '../../registry/rest-error.ts';
import { readSchemaRequest, type SchemaRequest } from '../../registry/schema-request.ts';
import { registerAnswer, schemaAnswer, schemaTextAnswer } from '../answers/schema-answers.ts';
import { page } from '../http/paging.ts';
import {
  deletedParameter,
  formatParameter,
  normalizeParameter,
  ok,
  pagingParameters,
  writeErrors,
  type Endpoint,
  type EndpointRequest,
} from './endpoint.ts';
import { checkSubjectName, isNormalizing, storedVersion, subjectOf, versionOf } from './request-parts.ts';

const versionErrors = ['SUBJECT_NOT_FOUND', 'VERSION_NOT_FOUND', 'INVALID_VERSION'] as const;
const registerErrors = [
  'INVALID_SCHEMA',
  'INVALID_SUBJECT',
  'INVALID_RULE_SET',
  'INCOMPATIBLE_SCHEMA',
  'SCHEMA_TOO_LARGE',
  ...writeErrors,
] as const;
const schemaBody =
  '`schema`, `schemaType` (default `AVRO`), `references`, `metadata`, `ruleSet`, `version`, `id`, `schemaTagsToAdd`, ' +
  '`schemaTagsToRemove`, `propagateSchemaTags`';

const listVersions: Endpoint = {
  method: 'GET',
  path: '/subjects/{subject}/versions',
  summary: 'Versions of a subject.',
  query: [
    deletedParameter,
    { name: 'deletedOnly', type: 'flag', doc: 'soft-deleted ones and no others' },
    { name: 'deletedAsNegative', type: 'flag', doc: 'all of them, soft-deleted ones as negative numbers' },
    ...pagingParameters,
  ],
  answer: 'a list of numbers, ascending',
  errors: ['SUBJECT_NOT_FOUND'],
  handle(request) {
    const { view, query, values } = request;
    const subject = subjectOf(request);
    const onlyDeleted = query.flag('deletedOnly');
    const includeDeleted = query.flag('deleted') || onlyDeleted;
    if (!view.state.hasSubjects(subject, includeDeleted)) throw subjectNotFound(subject);
    const all = view.state.schemas.versions(subject);
    const numbers = query.flag('deletedAsNegative')
      ? all.map(({ version, deleted }) => (deleted ? -version : version))
      : all
          .filter(({ deleted }) => (onlyDeleted ? deleted : includeDeleted || !deleted))
          .map(({ version }) => version);
    return ok(page(numbers, query, 'subject.version', values));
  },
};

const register: Endpoint = {
  method: 'POST',
  path: '/subjects/{subject}/versions',
  summary: 'Registers a schema, or finds the version that has it already.',
  query: [
    normalizeParameter,
    formatParameter,
    { name: 'force', type: 'flag', doc: 'without the compatibility check' },
  ],
  body: schemaBody,
  answer: 'the schema with id, GUID and version',
  errors: registerErrors,
  writes: true,
  shortcut(request) {
    const { subject, wanted, normalize } = registration(request);
    const found = findRegistered(request.view, subject, wanted, normalize);
    if (found === undefined) return undefined;
    return ok(registerAnswer(request.view, found, { format: request.query.text('format') }));
  },
  async handle(request) {
    const { subject, wanted, normalize } = registration(request);
    const force = request.query.flag('force');
    const stored = await request.write((view) => decideRegister(view, subject, wanted, { normalize, force }));
    return ok(registerAnswer(request.view, stored, { format: request.query.text('format') }));
  },
};

function registration(request: EndpointRequest): {
  readonly subject: string;
  readonly wanted: SchemaRequest;
  readonly normalize: boolean;
} {
  const wanted = readSchemaRequest(request.body());
  checkRules(wanted.ruleSet);
  checkSubjectName(request.param('subject'), { forSettings: false });
  const subject = subjectOf(request);
  return { subject, wanted, normalize: isNormalizing(request, subject) };
}

const getVersion: Endpoint = {
  method: 'GET',
  path: '/subjects/{subject}/versions/{version}',
  summary: 'One version of a subject; `latest` or -1 is the latest one.',
  query: [
    formatParameter,
    { name: 'referenceFormat', type: 'text', doc: '`qualified`: references with their context' },
    deletedParameter,
    { name: 'findTags', type: 'list', doc: 'tags to look for in the schema, `*` for all' },
  ],
  answer: 'the schema with its subject',
  errors: versionErrors,
  handle(request) {
    const { view, query } = request;
    const stored = storedVersion(request, { includeDeleted: query.flag('deleted') });
    const form = {
      format: query.text('format'),
      referenceFormat: query.text('referenceFormat'),
      findTags: query.texts('findTags'),
    };
    return ok(schemaAnswer(view, stored, form));
  },
};

const getVersionText: Endpoint = {
  method: 'GET',
  path: '/subjects/{subject}/versions/{version}/schema',
  summary: 'The schema of one version, as it is.',
  query: [formatParameter, deletedParameter],
  answer: 'the text of the schema, not in quotes',
  errors: versionErrors,
  handle(request) {
    const stored = storedVersion(request, { includeDeleted: request.query.flag('deleted') });
    return ok(schemaTextAnswer(request.view, stored, request.query.text('format')));
  },
};

const referencedBy: Endpoint = {
  method: 'GET',
  path: '/subjects/{subject}/versions/{version}/referencedby',
  summary: 'Schemas that refer to this version.',
  query: [deletedParameter, ...pagingParameters],
  answer: 'a list of ids, ascending',
  errors: versionErrors,
  handle(request) {
    const { view, query, values } = request;
    const stored = storedVersion(request, { includeDeleted: true });
    const ids = referrersOf(view.state, stored, query.flag('deleted')).map(({ id }) => id);
    const sorted = [...new Set(ids)].toSorted((left, right) => left - right);
    return ok(page(sorted, query, 'schema', values));
  },
};

const deleteVersion: Endpoint = {
  method: 'DELETE',
  path: '/subjects/{subject}/versions/{version}',
  summary: 'Deletes one version: softly first, then for good.',
  query: [{ name: 'permanent', type: 'flag', doc: 'for good; the version must be soft-deleted' }],
  answer: 'the number of the version',
  errors: [
    ...versionErrors,
    'VERSION_SOFT_DELETED',
    'VERSION_NOT_SOFT_DELETED',
    'REFERENCE_EXISTS',
    'NO_ACTIVE_VERSION',
    ...writeErrors,
  ],
  writes: true,
  async handle(request) {
    const subject = subjectOf(request);
    const version = versionOf(request);
    const permanent = request.query.flag('permanent');
    return ok(await request.write((view) => decideDeleteVersion(view, subject, version, { permanent })));
  },
};

const changeTags: Endpoint = {
  method: 'POST',
  path: '/subjects/{subject}/versions/{version}/tags',
  summary: 'Registers a version with other tags, metadata or rules.',
  body: '`newVersion`, `tagsToAdd`, `tagsToRemove`, `metadata`, `ruleSet`, `rulesToMerge`, `rulesToRemove`',
  answer: 'the new version, as after a registration',
  errors: [...versionErrors, ...registerErrors],
  writes: true,
  async handle(request) {
    checkSubjectName(request.param('subject'), { forSettings: false });
    versionOf(request);
    const asked = readTagRequest(request.body());
    const stored = await request.write((view) =>
      decideChangeTags(
        view,
        subjectOf(request),
        storedVersion({ ...request, view }, { includeDeleted: false }),
        asked,
      ),
    );
    return ok(registerAnswer(request.view, stored));
  },
};

export const versionEndpoints: readonly Endpoint[] = [
  listVersions,
  register,
  getVersion,
  getVersionText,
  referencedBy,
  deleteVersion,
  changeTags,
];
