import { restErrorCodes, type RestErrorName } from '../../registry/rest-error.ts';
import { mediaTypes } from '../http/media-types.ts';
import { endpointGroups } from './all-endpoints.ts';
import type { Endpoint, QueryParameter } from './endpoint.ts';

/** The OpenAPI 3.1 description of the REST API, from the table of its endpoints. */
export function openApiDocument(): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const { title, endpoints } of endpointGroups) {
    for (const endpoint of endpoints) {
      const operations = (paths[endpoint.path] ??= {});
      operations[endpoint.method.toLowerCase()] = operation(endpoint, title);
    }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Schema registry',
      version: 'v1',
      description:
        'Every address may have `/contexts/{context}` in front, which puts its subjects into that context.',
    },
    paths,
    components: {
      schemas: {
        Error: {
          type: 'object',
          properties: { error_code: { type: 'integer' }, message: { type: 'string' } },
          required: ['error_code', 'message'],
        },
      },
    },
  };
}

function operation(endpoint: Endpoint, tag: string): object {
  const { method, path, summary, query = [], body, answer } = endpoint;
  const names = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]!);
  return {
    operationId: operationId(method, path),
    tags: [tag],
    summary,
    parameters: [...names.map(pathParameter), ...query.map(queryParameter)],
    ...(body === undefined
      ? {}
      : {
          requestBody: { required: true, description: body, content: contentOf({ type: 'object' }) },
        }),
    responses: { [statusOf(endpoint)]: { description: answer }, ...errorResponses(endpoint.errors) },
  };
}

function operationId(method: string, path: string): string {
  const words = path.split(/[/{}:]+/).filter((word) => word !== '');
  return [method.toLowerCase(), ...words.map((word) => word[0]!.toUpperCase() + word.slice(1))].join('');
}

function pathParameter(name: string): object {
  return { name, in: 'path', required: true, schema: { type: 'string' } };
}

function queryParameter({ name, type, doc }: QueryParameter): object {
  return { name, in: 'query', description: doc, schema: parameterSchemas[type] };
}

const parameterSchemas: Readonly<Record<QueryParameter['type'], object>> = {
  text: { type: 'string' },
  flag: { type: 'boolean', default: false },
  'whole number': { type: 'integer' },
  list: { type: 'array', items: { type: 'string' } },
};

function statusOf({ answer, path }: Endpoint): string {
  if (answer.includes('status 204')) return '204';
  return path.includes(':batch') ? '207' : '200';
}

function errorResponses(names: readonly RestErrorName[]): Record<string, object> {
  const byStatus = Map.groupBy(new Set(names), (name) => String(restErrorCodes[name].errorCode).slice(0, 3));
  return Object.fromEntries(
    [...byStatus].map(([status, group]) => [
      status,
      {
        description: group
          .map((name) => `${restErrorCodes[name].errorCode}: ${restErrorCodes[name].summary}`)
          .join(' '),
        content: contentOf({ $ref: '#/components/schemas/Error' }),
      },
    ]),
  );
}

function contentOf(schema: object): object {
  return Object.fromEntries(mediaTypes.map((mediaType) => [mediaType, { schema }]));
}
