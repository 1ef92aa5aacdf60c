import {
  idsByGuid,
  schemaByGuid,
  schemaById,
  versionsById,
  type IdView,
} from '../../registry/queries/schemas-by-id.ts';
import { selectSchemas } from '../../registry/queries/select-schemas.ts';
import { nonEmpty } from '../../registry/json-value.ts';
import { RestError, schemaNotFound } from '../../registry/rest-error.ts';
import type { StoredSchema } from '../../registry/stored-schema.ts';
import { contextOf, normalizeSubject } from '../../subject/qualified-subject.ts';
import { associationAnswer } from '../answers/association-answers.ts';
import { schemaAnswer, schemaStringAnswer, schemaTextAnswer } from '../answers/schema-answers.ts';
import { page } from '../http/paging.ts';
import {
  deletedParameter,
  formatParameter,
  ok,
  pagingParameters,
  type Endpoint,
  type EndpointRequest,
  type QueryParameter,
} from './endpoint.ts';

const subjectParameter: QueryParameter = {
  name: 'subject',
  type: 'text',
  doc: 'a subject that uses the id, or `:.context:`; ids count per context',
};

const listSchemas: Endpoint = {
  method: 'GET',
  path: '/schemas',
  summary: 'Schemas of many subjects.',
  query: [
    { name: 'subjectPrefix', type: 'text', doc: 'how subjects begin; `:*:` in front means in any context' },
    { name: 'aliases', type: 'flag', doc: 'also schemas that are reached by an alias, with `aliases`' },
    deletedParameter,
    { name: 'latestOnly', type: 'flag', doc: 'the latest version of each subject' },
    { name: 'ruleType', type: 'text', doc: 'only schemas with a rule of this type' },
    { name: 'resourceType', type: 'text', doc: 'only with an association to such a resource' },
    { name: 'associationType', type: 'list', doc: 'only with an association of these types' },
    { name: 'lifecycle', type: 'list', doc: '`STRONG`, `WEAK`, or `NONE` for those without association' },
    ...pagingParameters,
  ],
  answer: 'a list of schemas with their subjects, by subject and version',
  errors: [],
  handle({ view, query, values }) {
    const selected = selectSchemas(view.state, {
      subjectPrefix: query.text('subjectPrefix'),
      withAliases: query.flag('aliases'),
      includeDeleted: query.flag('deleted'),
      latestOnly: query.flag('latestOnly'),
      ruleType: query.text('ruleType'),
      resourceType: query.has('resourceType') ? query.text('resourceType') : undefined,
      associationTypes: query.texts('associationType'),
      lifecycles: query.texts('lifecycle'),
    });
    return ok(
      page(selected, query, 'schema', values).map(({ stored, aliases, associations }) => ({
        ...schemaAnswer(view, stored),
        ...nonEmpty({ aliases, associations: associations.map(associationAnswer) }),
      })),
    );
  },
};

const getById: Endpoint = {
  method: 'GET',
  path: '/schemas/ids/{id}',
  summary: 'The schema with an id: what deserializers ask for.',
  query: [
    subjectParameter,
    formatParameter,
    { name: 'referenceFormat', type: 'text', doc: '`qualified`: references with their context' },
    { name: 'findTags', type: 'list', doc: 'tags to look for in the schema, `*` for all' },
    { name: 'fetchMaxId', type: 'flag', doc: 'with `maxId`, the highest id of the context' },
  ],
  answer: '`schema`, `schemaType`, and what else belongs to it',
  errors: ['SCHEMA_NOT_FOUND'],
  handle(request) {
    const { view, query } = request;
    const stored = byId(request);
    const maxId = query.flag('fetchMaxId') ? view.state.schemas.maxId(contextOf(stored.subject)) : undefined;
    const form = {
      format: query.text('format'),
      referenceFormat: query.text('referenceFormat'),
      findTags: query.texts('findTags'),
    };
    return ok(schemaStringAnswer(view, stored, { ...form, maxId }));
  },
};

const getTextById: Endpoint = {
  method: 'GET',
  path: '/schemas/ids/{id}/schema',
  summary: 'The schema with an id, as it is.',
  query: [subjectParameter, formatParameter],
  answer: 'the text of the schema, not in quotes',
  errors: ['SCHEMA_NOT_FOUND'],
  handle(request) {
    return ok(schemaTextAnswer(request.view, byId(request), request.query.text('format')));
  },
};

const getSubjectsById: Endpoint = {
  method: 'GET',
  path: '/schemas/ids/{id}/subjects',
  summary: 'Subjects that have the schema with an id.',
  query: [subjectParameter, deletedParameter, ...pagingParameters],
  answer: 'a list of names',
  errors: ['SCHEMA_NOT_FOUND'],
  handle(request) {
    const subjects = versionsOf(request).map(({ subject }) => subject);
    return ok(page([...new Set(subjects)], request.query, 'subject', request.values));
  },
};

const getVersionsById: Endpoint = {
  method: 'GET',
  path: '/schemas/ids/{id}/versions',
  summary: 'Subjects and versions that have the schema with an id.',
  query: [subjectParameter, deletedParameter, ...pagingParameters],
  answer: 'a list of `subject` and `version`',
  errors: ['SCHEMA_NOT_FOUND'],
  handle(request) {
    const versions = versionsOf(request).map(({ subject, version }) => ({ subject, version }));
    return ok(page(versions, request.query, 'subject.version', request.values));
  },
};

const getByGuid: Endpoint = {
  method: 'GET',
  path: '/schemas/guids/{guid}',
  summary: 'The schema with a GUID, which is the same in every registry.',
  query: [formatParameter],
  answer: '`schema`, `schemaType`, and what else belongs to it',
  errors: ['SCHEMA_NOT_FOUND'],
  handle(request) {
    const { view, query } = request;
    const stored = schemaByGuid(idView(request), guidOf(request));
    if (stored === undefined) throw schemaNotFound(request.param('guid'));
    const {
      subject: _subject,
      version: _version,
      ...answer
    } = schemaStringAnswer(view, stored, {
      format: query.text('format'),
    }) as Record<string, unknown>;
    return ok(answer);
  },
};

const getIdsByGuid: Endpoint = {
  method: 'GET',
  path: '/schemas/guids/{guid}/ids',
  summary: 'The ids that a GUID has in each context.',
  answer: 'a list of `context` and `id`',
  errors: [],
  handle: (request) => ok(idsByGuid(idView(request), guidOf(request))),
};

const listTypes: Endpoint = {
  method: 'GET',
  path: '/schemas/types',
  summary: 'The schema formats that this registry knows.',
  answer: 'a list of names',
  errors: [],
  handle: ({ view }) => ok(view.schemas.types),
};

function idView({ view }: EndpointRequest): IdView {
  return { schemas: view.state.schemas, contexts: view.state.contexts() };
}

function idOf(request: EndpointRequest): number {
  const text = request.param('id');
  if (/^[+-]?\d{1,10}$/.test(text)) return Number(text);
  throw new RestError('NOT_FOUND', 'HTTP 404 Not Found');
}

/** With or without hyphens, in any letter case. */
function guidOf(request: EndpointRequest): string {
  const hex = request.param('guid').replaceAll('-', '').toLowerCase();
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

function byId(request: EndpointRequest): StoredSchema {
  const id = idOf(request);
  const stored = schemaById(idView(request), id, normalizeSubject(request.query.text('subject')));
  if (stored === undefined) throw schemaNotFound(id);
  return stored;
}

function versionsOf(request: EndpointRequest): StoredSchema[] {
  const { query } = request;
  const versions = versionsById(idView(request), idOf(request), normalizeSubject(query.text('subject')));
  if (versions === undefined) throw schemaNotFound();
  return versions.filter(({ deleted }) => query.flag('deleted') || !deleted);
}

export const schemaEndpoints: readonly Endpoint[] = [
  listSchemas,
  listTypes,
  getById,
  getTextById,
  getSubjectsById,
  getVersionsById,
  getByGuid,
  getIdsByGuid,
];
