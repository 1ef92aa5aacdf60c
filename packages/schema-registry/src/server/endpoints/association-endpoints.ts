import { readAssociationRequest, invalidAssociation } from '../../registry/association-request.ts';
import { decideAssociate } from '../../registry/decisions/associate.ts';
import { decideDissociate } from '../../registry/decisions/dissociate.ts';
import { textOf, type JsonObject } from '../../registry/json-value.ts';
import {
  associationsOfResource,
  associationsOfResourceId,
  associationsOfSubject,
  type AssociationFilter,
} from '../../registry/queries/associations.ts';
import { RestError } from '../../registry/rest-error.ts';
import { normalizeSubject } from '../../subject/qualified-subject.ts';
import { associationAnswer, resourceAnswer } from '../answers/association-answers.ts';
import { page } from '../http/paging.ts';
import { batchGet, batchMutate } from './association-batches.ts';
import {
  ok,
  pagingParameters,
  writeErrors,
  type Endpoint,
  type EndpointAnswer,
  type EndpointRequest,
  type QueryParameter,
} from './endpoint.ts';

const DEFAULT_RESOURCE_TYPE = 'topic';

const filterParameters: readonly QueryParameter[] = [
  { name: 'resourceType', type: 'text', doc: '`topic`, the default' },
  { name: 'associationType', type: 'list', doc: '`key`, `value`; default both' },
  { name: 'lifecycle', type: 'text', doc: '`STRONG` or `WEAK`; default both' },
  ...pagingParameters,
];

const dryRunParameter: QueryParameter = { name: 'dryRun', type: 'flag', doc: 'check only' };
const contextParameter: QueryParameter = {
  name: 'context',
  type: 'text',
  doc: 'the context for subjects that name none',
};

const associationBody =
  '`resourceName`, `resourceNamespace`, `resourceId`, `resourceType`, and `associations` with `subject`, ' +
  '`associationType`, `lifecycle`, `frozen`, `schema`, `normalize`';

const associateErrors = [
  'INVALID_ASSOCIATION',
  'ASSOCIATION_FOR_SUBJECT_EXISTS',
  'STRONG_ASSOCIATION_EXISTS',
  'NO_ACTIVE_VERSION',
  'REFERENCE_EXISTS',
  ...writeErrors,
] as const;

const listed = { query: filterParameters, answer: 'a list of associations', errors: [] } as const;

const bySubject: Endpoint = {
  method: 'GET',
  path: '/associations/subjects/{subject}',
  summary: 'Resources that a subject belongs to.',
  ...listed,
  handle(request) {
    const subject = normalizeSubject(request.param('subject'));
    return list(request, associationsOfSubject(request.view.state, subject, filterOf(request)));
  },
};

const byResource: Endpoint = {
  method: 'GET',
  path: '/associations/resources/{resourceNamespace}/{resourceName}',
  summary: 'Subjects of a resource by its name: what serializers ask for. `-` means any.',
  ...listed,
  handle(request) {
    const resource = {
      resourceNamespace: request.param('resourceNamespace'),
      resourceName: request.param('resourceName'),
    };
    return list(request, associationsOfResource(request.view.state, resource, filterOf(request)));
  },
};

const byResourceId: Endpoint = {
  method: 'GET',
  path: '/associations/resources/{resourceId}',
  summary: 'Subjects of a resource by its id.',
  ...listed,
  handle(request) {
    const resourceId = request.param('resourceId');
    return list(request, associationsOfResourceId(request.view.state, resourceId, filterOf(request)));
  },
};

const create: Endpoint = {
  method: 'POST',
  path: '/associations',
  summary: 'Ties subjects to a new resource.',
  query: [contextParameter, dryRunParameter],
  body: associationBody,
  answer: 'the resource with what was created',
  errors: ['ASSOCIATION_FOR_RESOURCE_EXISTS', 'INVALID_SCHEMA', ...associateErrors],
  writes: true,
  handle: (request) => associate(request, request.body(), true),
};

const upsert: Endpoint = {
  method: 'PUT',
  path: '/associations/resources/{resourceId}',
  summary: 'Ties subjects to a resource, or changes how.',
  query: [contextParameter, dryRunParameter],
  body: associationBody,
  answer: 'the resource with what was changed',
  errors: associateErrors,
  writes: true,
  handle(request) {
    const resourceId = request.param('resourceId');
    const body = request.body();
    const named = textOf(body['resourceId']) ?? resourceId;
    if (named !== resourceId) {
      throw invalidAssociation('resourceId', 'must be the one of the address, or left out');
    }
    return associate(request, { ...body, resourceId }, false);
  },
};

async function associate(
  request: EndpointRequest,
  body: JsonObject,
  isCreate: boolean,
): Promise<EndpointAnswer> {
  const { query } = request;
  const dryRun = query.flag('dryRun');
  const asked = readAssociationRequest(body, { isCreate, dryRun });
  const options = { isCreate, dryRun, context: query.text('context'), newGuid: () => request.newGuid() };
  const { associations, schemas } = await request.write((view) => decideAssociate(view, asked, options));
  return ok(resourceAnswer(request.view, asked, associations, schemas));
}

const remove: Endpoint = {
  method: 'DELETE',
  path: '/associations/resources/{resourceId}',
  summary: 'Takes associations of a resource away.',
  query: [
    { name: 'resourceType', type: 'text', doc: '`topic`, the default' },
    { name: 'associationType', type: 'list', doc: '`key`, `value`; default both' },
    { name: 'cascadeLifecycle', type: 'flag', doc: 'with the subjects that the resource owns' },
    dryRunParameter,
  ],
  answer: 'nothing, with status 204',
  errors: ['ASSOCIATION_NOT_FOUND', 'ASSOCIATION_FROZEN', ...writeErrors],
  writes: true,
  async handle(request) {
    const { query } = request;
    const asked = {
      resourceId: request.param('resourceId'),
      resourceType: query.text('resourceType') || DEFAULT_RESOURCE_TYPE,
      associationTypes: query.texts('associationType'),
      cascadeLifecycle: query.flag('cascadeLifecycle'),
      dryRun: query.flag('dryRun'),
    };
    await request.write((view) => decideDissociate(view, asked));
    return { status: 204, body: undefined };
  },
};

function filterOf({ query }: EndpointRequest): AssociationFilter {
  const lifecycle = query.text('lifecycle');
  if (lifecycle !== '' && lifecycle !== 'STRONG' && lifecycle !== 'WEAK') {
    throw new RestError('NOT_FOUND', 'HTTP 404 Not Found: lifecycle is STRONG or WEAK');
  }
  return {
    resourceType: query.text('resourceType') || DEFAULT_RESOURCE_TYPE,
    associationTypes: query.texts('associationType'),
    lifecycle: lifecycle === '' ? undefined : lifecycle,
  };
}

function list(
  { query, values }: EndpointRequest,
  associations: readonly Parameters<typeof associationAnswer>[0][],
): EndpointAnswer {
  return ok(page(associations, query, 'schema', values).map(associationAnswer));
}

export const associationEndpoints: readonly Endpoint[] = [
  bySubject,
  byResource,
  byResourceId,
  create,
  upsert,
  remove,
  batchGet,
  batchMutate,
];
