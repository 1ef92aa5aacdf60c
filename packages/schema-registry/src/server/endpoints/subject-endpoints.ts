import { decideDeleteSubject } from '../../registry/decisions/delete-version.ts';
import { lookUpInContexts } from '../../registry/queries/look-up.ts';
import { selectSubjects } from '../../registry/queries/select-subjects.ts';
import { schemaNotFound, subjectNotFound } from '../../registry/rest-error.ts';
import { readSchemaRequest } from '../../registry/schema-request.ts';
import { CONTEXT_WILDCARD } from '../../subject/qualified-subject.ts';
import { schemaAnswer } from '../answers/schema-answers.ts';
import { page } from '../http/paging.ts';
import {
  deletedParameter,
  formatParameter,
  normalizeParameter,
  ok,
  pagingParameters,
  writeErrors,
  type Endpoint,
} from './endpoint.ts';
import { isNormalizing, subjectOf } from './request-parts.ts';

const listSubjects: Endpoint = {
  method: 'GET',
  path: '/subjects',
  summary: 'Names of subjects, in order.',
  query: [
    { name: 'subjectPrefix', type: 'text', doc: 'how they begin; `:*:`, the default, means in any context' },
    deletedParameter,
    { name: 'deletedOnly', type: 'flag', doc: 'those that are soft-deleted as a whole, and no others' },
    ...pagingParameters,
  ],
  answer: 'a list of names',
  errors: [],
  handle({ view, query, values }) {
    const prefix = query.has('subjectPrefix') ? query.text('subjectPrefix') : CONTEXT_WILDCARD;
    const subjects = selectSubjects(view.state, prefix).filter((subject) => {
      const isDeleted = view.state.schemas.latest(subject) === undefined;
      if (query.flag('deletedOnly')) return isDeleted;
      return query.flag('deleted') || !isDeleted;
    });
    return ok(page(subjects, query, 'subject', values));
  },
};

const lookUpSchema: Endpoint = {
  method: 'POST',
  path: '/subjects/{subject}',
  summary: 'The version of a subject that has a certain schema.',
  query: [normalizeParameter, formatParameter, deletedParameter],
  body: '`schema`, and `schemaType`, `references`, `metadata`, `ruleSet` where it has them',
  answer: 'the schema with its subject',
  errors: ['SUBJECT_NOT_FOUND', 'SCHEMA_NOT_FOUND', 'INVALID_SCHEMA'],
  handle(request) {
    const { view, query } = request;
    const subject = subjectOf(request);
    const includeDeleted = query.flag('deleted');
    const normalize = isNormalizing(request, subject);
    const wanted = readSchemaRequest(request.body());
    const found = lookUpInContexts(view, subject, wanted, { normalize, includeDeleted });
    if (found === undefined) {
      throw view.state.hasSubjects(subject, includeDeleted) ? schemaNotFound() : subjectNotFound(subject);
    }
    return ok(schemaAnswer(view, found, { format: query.text('format') }));
  },
};

const deleteSubject: Endpoint = {
  method: 'DELETE',
  path: '/subjects/{subject}',
  summary: 'Deletes all versions of a subject: softly first, then for good.',
  query: [{ name: 'permanent', type: 'flag', doc: 'for good; the subject must be soft-deleted' }],
  answer: 'the versions that were deleted',
  errors: [
    'SUBJECT_NOT_FOUND',
    'SUBJECT_SOFT_DELETED',
    'SUBJECT_NOT_SOFT_DELETED',
    'REFERENCE_EXISTS',
    'ASSOCIATION_FOR_SUBJECT_EXISTS',
    ...writeErrors,
  ],
  writes: true,
  async handle(request) {
    const subject = subjectOf(request);
    const permanent = request.query.flag('permanent');
    return ok(await request.write((view) => decideDeleteSubject(view, subject, { permanent })));
  },
};

const latestWithMetadata: Endpoint = {
  method: 'GET',
  path: '/subjects/{subject}/metadata',
  summary: 'The latest version whose metadata has certain properties.',
  query: [
    { name: 'key', type: 'list', doc: 'names of properties' },
    { name: 'value', type: 'list', doc: 'their values, in the same order' },
    formatParameter,
    deletedParameter,
  ],
  answer: 'the schema with its subject',
  errors: ['SUBJECT_NOT_FOUND', 'SCHEMA_NOT_FOUND'],
  handle(request) {
    const { view, query } = request;
    const subject = subjectOf(request);
    const includeDeleted = query.flag('deleted');
    const values = query.texts('value');
    const pairs = query.texts('key').map((key, index) => [key, values[index]] as const);
    const found = view.state.schemas.versions(subject).findLast(({ deleted, metadata }) => {
      if (metadata === undefined || (deleted && !includeDeleted)) return false;
      return pairs.every(([key, value]) => value === undefined || metadata.properties?.[key] === value);
    });
    if (found === undefined) {
      throw view.state.hasSubjects(subject, includeDeleted) ? schemaNotFound() : subjectNotFound(subject);
    }
    return ok(schemaAnswer(view, found, { format: query.text('format') }));
  },
};

export const subjectEndpoints: readonly Endpoint[] = [
  listSubjects,
  lookUpSchema,
  deleteSubject,
  latestWithMetadata,
];
