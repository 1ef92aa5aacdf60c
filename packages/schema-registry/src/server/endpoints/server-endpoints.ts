import { decideDeleteContext } from '../../registry/decisions/delete-context.ts';
import { DEFAULT_CONTEXT, normalizeSubject } from '../../subject/qualified-subject.ts';
import { page } from '../http/paging.ts';
import { clusterErrors, ok, pagingParameters, type Endpoint } from './endpoint.ts';

/** The line of Confluent's registry that answers and defaults follow: clients look at it. */
const API_VERSION = '8.5.0';
const COMMIT_ID = 'millrace';

const root = { summary: 'Is anybody there?', answer: 'an empty object', errors: [], handle: () => ok({}) };

const listContexts: Endpoint = {
  method: 'GET',
  path: '/contexts',
  summary: 'Contexts that something was registered in.',
  query: [{ name: 'contextPrefix', type: 'text', doc: 'how they begin' }, ...pagingParameters],
  answer: 'a list of names; `.` is always there',
  errors: [],
  handle({ view, query, values }) {
    const contexts = [DEFAULT_CONTEXT, ...view.state.contexts()];
    const wanted = contexts.filter((context) => context.startsWith(query.text('contextPrefix')));
    return ok(page(wanted, query, 'context', values));
  },
};

const deleteContext: Endpoint = {
  method: 'DELETE',
  path: '/contexts/{context}',
  summary: 'Takes an empty context off the list.',
  answer: 'nothing, with status 204',
  errors: ['CONTEXT_NOT_EMPTY', ...clusterErrors],
  writes: true,
  async handle(request) {
    const scope = normalizeSubject(request.param('context'));
    await request.write((view) => decideDeleteContext(view, scope));
    return { status: 204, body: undefined };
  },
};

const clusterId: Endpoint = {
  method: 'GET',
  path: '/v1/metadata/id',
  summary: 'Which registry, on which Kafka cluster.',
  answer: '`scope` with both ids',
  errors: [],
  handle: ({ kafkaClusterId, values }) =>
    ok({
      id: '',
      scope: {
        path: [],
        clusters: {
          'kafka-cluster': kafkaClusterId,
          'schema-registry-cluster': values['schema.registry.group.id'],
        },
      },
    }),
};

const version: Endpoint = {
  method: 'GET',
  path: '/v1/metadata/version',
  summary: 'The line of the API that this registry follows.',
  answer: '`version` and `commitId`',
  errors: [],
  handle: () => ok({ version: API_VERSION, commitId: COMMIT_ID }),
};

const deployment: Endpoint = {
  method: 'GET',
  path: '/v1/metadata/deployment',
  summary: 'What kind of installation this is.',
  answer: '`attributes`, a list',
  errors: [],
  handle: () => ok({ attributes: ['deploymentScope:opensource'] }),
};

export const serverEndpoints: readonly Endpoint[] = [
  { method: 'GET', path: '/', ...root },
  { method: 'POST', path: '/', ...root },
  listContexts,
  deleteContext,
  clusterId,
  version,
  deployment,
];
