import type { Host } from '@millrace/host';
import { randomUuid } from './random-uuid.ts';
import type { Decision, RegistryView } from '../registry/registry-view.ts';
import { RestError } from '../registry/rest-error.ts';
import type { Endpoint, EndpointAnswer, EndpointRequest } from './endpoints/endpoint.ts';
import { FORWARDED_HEADER, forwardRequest, OFFSET_HEADER } from './forward-request.ts';
import type { AppAnswer, AppRequest } from './http/create-app.ts';
import { Query } from './http/query.ts';
import type { RegistryService } from './registry-service.ts';
import type { RegistryPropertyValues } from './registry-settings.ts';

export interface AnswerContext {
  readonly service: RegistryService;
  readonly values: RegistryPropertyValues;
  readonly host: Host;
}

/** Answers here what can be answered here, and lets the leader answer the rest. */
export async function answerRequest(
  context: AnswerContext,
  endpoint: Endpoint,
  request: AppRequest,
): Promise<AppAnswer> {
  const { service } = context;
  if (endpoint.writes !== true)
    return asAnswer(await endpoint.handle(endpointRequest(context, endpoint, request)));
  let offset = service.appliedOffset;
  const own = endpointRequest(context, endpoint, request, (written) => {
    offset = written;
  });
  const short = endpoint.shortcut?.(own);
  if (short !== undefined) return asAnswer(short);
  if (service.leadership.kind !== 'self') return forward(context, request);
  const answer = asAnswer(await endpoint.handle(own));
  return { ...answer, headers: { [OFFSET_HEADER]: String(offset) } };
}

function asAnswer({ status = 200, ...rest }: EndpointAnswer): AppAnswer {
  return { status, ...rest };
}

async function forward({ service, values }: AnswerContext, request: AppRequest): Promise<AppAnswer> {
  const { leadership } = service;
  if (leadership.kind !== 'other') throw new RestError('LEADER_UNKNOWN', 'Leader not known.');
  if (request.headers[FORWARDED_HEADER] !== undefined) {
    throw new RestError(
      'LEADER_UNKNOWN',
      'Leader not known: forwarded here by an instance that took this one for it.',
    );
  }
  const answer = await forwardRequest(leadership.url, request, values['leader.read.timeout.ms']);
  // Whoever writes through this instance reads what was written through it, too.
  if (answer.offset !== undefined && answer.status < 400) await service.catchUp(answer.offset);
  return answer;
}

function endpointRequest(
  { service, values, host }: AnswerContext,
  endpoint: Endpoint,
  request: AppRequest,
  onWritten: (offset: number) => void = () => {},
): EndpointRequest {
  return {
    view: service.view,
    values,
    kafkaClusterId: service.kafkaClusterId,
    param: (name) => request.params[name] ?? '',
    query: new Query(request.url),
    body() {
      if (request.body !== undefined || endpoint.body === undefined) return request.body ?? {};
      throw new RestError('UNPROCESSABLE', 'The request needs a body, a JSON object');
    },
    async write<Answer>(decide: (view: RegistryView) => Decision<Answer>): Promise<Answer> {
      const { answer, offset } = await service.write(decide);
      onWritten(offset);
      return answer;
    },
    newGuid: () => randomUuid(host.random),
  };
}
