import type { StoredAssociation } from '../../registry/association-index.ts';
import {
  invalidAssociation,
  readAssociationRequest,
  readResource,
} from '../../registry/association-request.ts';
import { decideAssociate } from '../../registry/decisions/associate.ts';
import { decideDissociate } from '../../registry/decisions/dissociate.ts';
import { isJsonObject, textOf, type JsonObject } from '../../registry/json-value.ts';
import { associationsOfResource, associationsOfResourceId } from '../../registry/queries/associations.ts';
import type { Lifecycle } from '../../registry/registry-record.ts';
import { RestError } from '../../registry/rest-error.ts';
import type { StoredSchema } from '../../registry/stored-schema.ts';
import { resourceAnswer } from '../answers/association-answers.ts';
import { clusterErrors, type Endpoint, type EndpointRequest } from './endpoint.ts';

/** Parts of a batch may fail while others do not. */
const MULTI_STATUS = 207;

export const batchGet: Endpoint = {
  method: 'POST',
  path: '/associations:batchGet',
  summary: 'Associations of many resources.',
  query: [{ name: 'includeSchemas', type: 'flag', doc: 'with the latest schemas' }],
  body: '`requests`, each with `resourceId`, or `resourceName` and `resourceNamespace`',
  answer: '`results`, each with `result` or `error`, with status 207',
  errors: ['INVALID_ASSOCIATION'],
  async handle(request) {
    const includeSchemas = request.query.flag('includeSchemas');
    const results = await eachRequest(request, (asked) => find(request, asked, includeSchemas));
    return { status: MULTI_STATUS, body: { results } };
  },
};

export const batchMutate: Endpoint = {
  method: 'POST',
  path: '/associations:batchMutate',
  summary: 'Creates, changes and deletes associations of many resources; each resource by itself.',
  query: [
    { name: 'context', type: 'text', doc: 'the context for subjects that name none' },
    { name: 'dryRun', type: 'flag', doc: 'check only' },
  ],
  body: '`requests`, each a resource whose `associations` have an `opType`: `CREATE`, `UPSERT` or `DELETE`',
  answer: '`results`, each with `result` or `error`, with status 207',
  errors: ['INVALID_ASSOCIATION', ...clusterErrors],
  writes: true,
  async handle(request) {
    const results = await eachRequest(request, (asked) => mutate(request, asked));
    return { status: MULTI_STATUS, body: { results } };
  },
};

async function eachRequest(
  request: EndpointRequest,
  answer: (asked: JsonObject) => object | Promise<object>,
): Promise<object[]> {
  const requests = request.body()['requests'];
  if (!Array.isArray(requests) || requests.length === 0) {
    throw invalidAssociation('requests', 'cannot be null or empty');
  }
  const results: object[] = [];
  for (const asked of requests) results.push(await oneResult(isJsonObject(asked) ? asked : {}, answer));
  return results;
}

async function oneResult(
  asked: JsonObject,
  answer: (asked: JsonObject) => object | Promise<object>,
): Promise<object> {
  try {
    return { result: await answer(asked) };
  } catch (error) {
    if (!(error instanceof RestError)) throw error;
    return { error: { error_code: error.errorCode, message: error.message } };
  }
}

function find({ view }: EndpointRequest, asked: JsonObject, includeSchemas: boolean): object {
  const { state } = view;
  const [resourceId, resourceName, resourceNamespace] = [
    'resourceId',
    'resourceName',
    'resourceNamespace',
  ].map((name) => textOf(asked[name]) ?? '') as [string, string, string];
  if (resourceId === '' && resourceName === '') {
    throw invalidAssociation('resourceId', 'either resourceId or resourceName must be specified');
  }
  if (resourceName !== '' && resourceNamespace === '') {
    throw invalidAssociation(
      'resourceNamespace',
      'resourceNamespace is required when resourceName is specified',
    );
  }
  const filter = filterOf(asked);
  const found =
    resourceId === ''
      ? associationsOfResource(state, { resourceName, resourceNamespace }, filter)
      : associationsOfResourceId(state, resourceId, filter);
  const schemas = new Map<string, StoredSchema>();
  for (const { associationType, subject } of includeSchemas ? found : []) {
    const latest = state.schemas.latest(subject);
    if (latest !== undefined) schemas.set(associationType, latest);
  }
  const resource = found[0] ?? {
    resourceId,
    resourceName,
    resourceNamespace,
    resourceType: filter.resourceType,
  };
  return resourceAnswer(view, resource, found, schemas);
}

function filterOf(asked: JsonObject): {
  readonly resourceType: string;
  readonly associationTypes: readonly string[];
  readonly lifecycle: Lifecycle | undefined;
} {
  const types = asked['associationTypes'];
  const lifecycle = asked['lifecycle'];
  return {
    resourceType: textOf(asked['resourceType']) ?? 'topic',
    associationTypes: Array.isArray(types) ? types.map((type) => textOf(type) ?? '') : [],
    lifecycle: lifecycle === 'STRONG' || lifecycle === 'WEAK' ? lifecycle : undefined,
  };
}

interface Run {
  readonly opType: string;
  readonly items: JsonObject[];
}

/** Neighbours of one kind are one request: all of them, or none. */
function runsOf(associations: unknown): Run[] {
  const runs: Run[] = [];
  const items = Array.isArray(associations) ? associations.filter(isJsonObject) : [];
  if (items.length === 0) throw invalidAssociation('associations', 'cannot be null or empty');
  for (const item of items) {
    const opType = textOf(item['opType']) ?? '';
    if (opType !== 'CREATE' && opType !== 'UPSERT' && opType !== 'DELETE') {
      throw invalidAssociation('opType', 'must be CREATE, UPSERT or DELETE');
    }
    const last = runs.at(-1);
    if (last !== undefined && last.opType === opType) last.items.push(item);
    else runs.push({ opType, items: [item] });
  }
  return runs;
}

async function mutate(request: EndpointRequest, asked: JsonObject): Promise<object> {
  const { query, view } = request;
  const dryRun = query.flag('dryRun');
  const resource = readResource(asked, { dryRun });
  const schemas = new Map<string, StoredSchema>();
  for (const { opType, items } of runsOf(asked['associations'])) {
    if (opType === 'DELETE') {
      for (const item of items) await removeOne(request, resource.resourceId ?? '', item, dryRun);
      continue;
    }
    const isCreate = opType === 'CREATE';
    const options = { isCreate, dryRun, context: query.text('context'), newGuid: () => request.newGuid() };
    const wish = readAssociationRequest({ ...asked, associations: items }, { isCreate, dryRun });
    const answer = await request.write((current) => decideAssociate(current, wish, options));
    for (const [type, stored] of answer.schemas) schemas.set(type, stored);
  }
  const { resourceId = '', resourceType } = resource;
  const now: StoredAssociation[] = dryRun
    ? []
    : associationsOfResourceId(view.state, resourceId, { resourceType });
  return resourceAnswer(view, resource, now, schemas);
}

async function removeOne(
  request: EndpointRequest,
  resourceId: string,
  item: JsonObject,
  dryRun: boolean,
): Promise<void> {
  await request.write((view) =>
    decideDissociate(view, {
      resourceId,
      resourceType: 'topic',
      associationTypes: [textOf(item['associationType']) ?? 'value'],
      cascadeLifecycle: item['cascadeLifecycle'] === true,
      dryRun,
    }),
  );
}
