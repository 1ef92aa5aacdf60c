import type { JsonObject } from '../../registry/json-value.ts';
import type { Decision, RegistryView } from '../../registry/registry-view.ts';
import type { RestErrorName } from '../../registry/rest-error.ts';
import type { Query } from '../http/query.ts';
import type { RegistryPropertyValues } from '../registry-settings.ts';

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

/** A request as endpoints see it. */
export interface EndpointRequest {
  readonly view: RegistryView;
  readonly values: RegistryPropertyValues;
  readonly kafkaClusterId: string;
  /** Parts of the path, decoded. */
  param(name: string): string;
  readonly query: Query;
  /** Empty when there is none. @throws RestError UNPROCESSABLE when the endpoint needs one */
  body(): JsonObject;
  /** Decides and writes on the instance that leads. */
  write<Answer>(decide: (view: RegistryView) => Decision<Answer>): Promise<Answer>;
  /** For new associations. */
  newGuid(): string;
}

export interface EndpointAnswer {
  /** Default 200. */
  readonly status?: number;
  /** A text is sent as it is, everything else as JSON. */
  readonly body: unknown;
  /** Default: the one of the API that was asked for. */
  readonly mediaType?: string;
}

export interface QueryParameter {
  readonly name: string;
  readonly type: 'text' | 'flag' | 'whole number' | 'list';
  readonly doc: string;
}

/** One address and method of the REST API: what it does, and what the documentation says about it. */
export interface Endpoint {
  readonly method: Method;
  /** For example `/subjects/{subject}/versions/{version}`. */
  readonly path: string;
  readonly summary: string;
  readonly query?: readonly QueryParameter[];
  /** Members of the body, in words. */
  readonly body?: string;
  /** What the answer is, in words. */
  readonly answer: string;
  /** Besides those that everything may answer. */
  readonly errors: readonly RestErrorName[];
  /** Whether only the instance that leads can answer. */
  readonly writes?: boolean;
  /** Answers that need no write although the endpoint writes; undefined goes on to `handle`. */
  shortcut?(request: EndpointRequest): EndpointAnswer | undefined;
  handle(request: EndpointRequest): EndpointAnswer | Promise<EndpointAnswer>;
}

export const pagingParameters: readonly QueryParameter[] = [
  { name: 'offset', type: 'whole number', doc: 'how many to leave out, default 0' },
  {
    name: 'limit',
    type: 'whole number',
    doc: 'how many to answer; the configured default if not positive or too many',
  },
];

export const formatParameter: QueryParameter = {
  name: 'format',
  type: 'text',
  doc: '`resolved` (Avro), `serialized` or `ignore_extensions` (Protobuf); others mean as stored',
};

export const deletedParameter: QueryParameter = {
  name: 'deleted',
  type: 'flag',
  doc: 'soft-deleted ones, too',
};

export const normalizeParameter: QueryParameter = {
  name: 'normalize',
  type: 'flag',
  doc: 'compare and store in normal form',
};

/** What every write may fail with because of the cluster behind it. */
export const clusterErrors = ['STORE_FAILED', 'TIMED_OUT', 'FORWARDING_FAILED', 'LEADER_UNKNOWN'] as const;

/** The errors of every write that modes can forbid. */
export const writeErrors = ['NOT_PERMITTED', ...clusterErrors] as const;

export function ok(body: unknown): EndpointAnswer {
  return { body };
}
