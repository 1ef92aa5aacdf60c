import {
  ApiKey,
  encodeResponse,
  ErrorCode,
  KafkaError,
  readRequestHeader,
  WireReader,
  type RequestHeader,
} from '@millrace/protocol';
import { EnvelopeRequest, EnvelopeResponse } from '@millrace/protocol/messages/envelope';
import { hostOf, principalOf } from '../cluster/client-identity.ts';
import { messageOf } from '../errors.ts';
import { requireAllowed } from './access.ts';
import { defineHandler, type AnyApiHandler, type ConnectionInfo, type RequestContext } from './handler.ts';
import { toKafkaError } from './to-kafka-error.ts';

const SIZE_BYTES = 4;

/**
 * A request that a broker passes on for a client (KIP-590). It is served as if the client had come itself: what counts
 * is what the client may do, and the answer goes back as it is.
 */
export const envelope = defineHandler({
  key: ApiKey.ENVELOPE,
  minVersion: 0,
  maxVersion: 0,
  request: EnvelopeRequest,
  response: EnvelopeResponse,

  authorize: (_request, context) => requireAllowed(context, 'CLUSTER_ACTION', 'CLUSTER'),

  async handle(request, context) {
    if (!context.broker.controller.isActive) {
      throw new KafkaError('NOT_CONTROLLER', 'This node is not the active controller');
    }
    const client = forwardedConnection(request, context.connection);
    const { handler, header, reader } = openRequest(request.requestData, context);
    const inner: RequestContext = {
      ...context,
      apiKey: header.apiKey,
      version: header.apiVersion,
      correlationId: header.correlationId,
      clientId: header.clientId,
      isForwarded: true,
      connection: client,
      throttleMs: 0,
      isOfNode: false,
    };
    const message = handler.request.read(reader, header.apiVersion);
    const result = await answer(handler, message, inner);
    const chunks = encodeResponse({
      codec: handler.response,
      version: header.apiVersion,
      correlationId: header.correlationId,
      message: inner.throttleMs === 0 ? result : { ...result, throttleTimeMs: inner.throttleMs },
    });
    return { errorCode: ErrorCode.NONE, responseData: Buffer.concat(chunks).subarray(SIZE_BYTES) };
  },

  fail: ({ errorCode }) => ({ errorCode, responseData: null }),
});

/** @throws KafkaError NOT_CONTROLLER when this stopped to be the active one, so that the broker asks the next */
async function answer(handler: AnyApiHandler, request: object, context: RequestContext): Promise<object> {
  try {
    handler.authorize?.(request, context);
    handler.validate?.(request, context);
    const result = await handler.handle(request, context);
    if (typeof result !== 'symbol') return result;
    throw new KafkaError('INVALID_REQUEST', `${handler.request.name} cannot be passed on`);
  } catch (error) {
    const refusal = toKafkaError(error);
    if (refusal.code === 'NOT_CONTROLLER') throw refusal;
    if (refusal.code === 'UNKNOWN_SERVER_ERROR') {
      const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
      context.broker.logger.error('A forwarded request failed', { api: handler.request.name, error: reason });
    }
    const failed = handler.fail(refusal, request, context);
    if (typeof failed !== 'symbol') return failed;
    throw refusal;
  }
}

function openRequest(
  bytes: Buffer,
  { apis }: RequestContext,
): { readonly handler: AnyApiHandler; readonly header: RequestHeader; readonly reader: WireReader } {
  const reader = new WireReader(bytes);
  const header = readRequestHeader(reader);
  const handler = apis.find(header.apiKey);
  if (handler === undefined || handler.isForwarded === undefined) {
    throw new KafkaError('INVALID_REQUEST', `API key ${header.apiKey} is none that brokers pass on`);
  }
  if (header.apiVersion < handler.minVersion || header.apiVersion > handler.maxVersion) {
    throw new KafkaError(
      'UNSUPPORTED_VERSION',
      `${handler.request.name} version ${header.apiVersion} is not supported`,
    );
  }
  return { handler, header, reader };
}

/** The connection of the broker with the identity of its client. */
function forwardedConnection(
  { requestPrincipal, clientHostAddress }: EnvelopeRequest,
  connection: ConnectionInfo,
): ConnectionInfo {
  try {
    if (requestPrincipal === null) throw new RangeError('the principal is missing');
    return {
      ...connection,
      principal: principalOf(requestPrincipal),
      remoteHost: hostOf(clientHostAddress),
      remotePort: 0,
      software: undefined,
      sasl: undefined,
      // The broker that the client is connected to does that, by what the answer says.
      throttle() {},
    };
  } catch (cause) {
    throw new KafkaError('PRINCIPAL_DESERIALIZATION_FAILURE', messageOf(cause), { cause });
  }
}
