import {
  ApiKey,
  encodeResponse,
  ErrorCode,
  KafkaError,
  readRequestHeader,
  readResponseHeader,
  WireReader,
  type RequestHeader,
} from '@millrace/protocol';
import {
  closeConnection,
  type AnyApiHandler,
  type ConnectionInfo,
  type HandlerResult,
  type noResponse,
  type RequestContext,
} from '../apis/handler.ts';
import { toKafkaError } from '../apis/to-kafka-error.ts';
import type { ApiRegistry } from '../apis/api-registry.ts';
import type { BrokerServices } from '../broker-services.ts';
import type { RequestObserver } from '../logging/request-observer.ts';
import type { ServedRequest } from '../metrics/served-request.ts';
import type { SaslSession } from '../security/sasl/sasl-session.ts';
import { RequestUsage } from '../quota/request-usage.ts';
import { BadRequestError } from './bad-request-error.ts';

/**
 * Elements of all lists in one request. A partition of a topic is one; a client that has more to say says it in several
 * requests. Without an end to it, one request of 100 MiB is ten million objects, and everybody waits for a minute.
 */
const MAX_LIST_ELEMENTS = 100_000;

/** Passes a request on to the active controller. @returns header and body of the answer */
export type ForwardRequest = (frame: Buffer, context: RequestContext) => Promise<Buffer>;

/** What goes back to the peer: one gathered write, nothing, or the end of the connection. */
export type DispatchResult = readonly Buffer[] | typeof noResponse | typeof closeConnection;

/** Turns request frames into response frames: header, version check, decoding, the steps of the handler, encoding. */
export class RequestDispatcher {
  /** Is told of each request that was answered. */
  readonly observer: RequestObserver;
  readonly #broker: BrokerServices;
  readonly #apis: ApiRegistry;
  readonly #forward: ForwardRequest | undefined;

  /**
   * @param apis what is served on the listeners this is for
   * @param forward where requests go that only the active controller can answer; `undefined` where none is passed on
   */
  constructor(broker: BrokerServices, apis: ApiRegistry, forward?: ForwardRequest) {
    this.#broker = broker;
    this.#apis = apis;
    this.#forward = forward;
    this.observer = broker.requests;
  }

  /**
   * Synchronous as long as the handler is.
   * @param served is told what is known of the request
   * @throws BadRequestError (or an error of the protocol package) for what Kafka answers by closing the connection
   */
  dispatch(
    frame: Buffer,
    connection: ConnectionInfo,
    served: ServedRequest,
  ): DispatchResult | Promise<DispatchResult> {
    const { sasl } = connection;
    if (sasl?.isRawTokenNext === true) return dispatchRawToken(sasl, frame);
    const reader = new WireReader(frame);
    const header = readRequestHeader(reader);
    const refusal = sasl?.refusalOf(header.apiKey);
    if (refusal !== undefined) throw new BadRequestError(`API key ${header.apiKey} is refused: ${refusal}`);
    const handler = this.#apis.find(header.apiKey);
    if (handler === undefined) throw new BadRequestError(`API key ${header.apiKey} is not served`);
    const context: RequestContext = {
      apiKey: header.apiKey,
      version: header.apiVersion,
      correlationId: header.correlationId,
      clientId: header.clientId,
      apis: this.#apis,
      connection,
      broker: this.#broker,
      throttleMs: 0,
      isOfNode: false,
    };
    if (header.apiVersion < handler.minVersion || header.apiVersion > handler.maxVersion) {
      return refuseVersion(handler, header, context);
    }
    const usage = this.#broker.quotas.isActive ? new RequestUsage(frame.length, context) : undefined;
    reader.limitListElements(MAX_LIST_ELEMENTS);
    const request = handler.request.read(reader, header.apiVersion);
    served.apiKey = header.apiKey;
    served.version = header.apiVersion;
    served.correlationId = header.correlationId;
    served.clientId = header.clientId;
    if (this.observer.wantsMessages) served.request = request;
    if (this.#isForwarded(handler, request)) {
      this.#wait(served, 1);
      return this.#passOn(handler, frame, request, context).then((result) => {
        this.#wait(served, -1);
        return result;
      });
    }
    return this.#run(handler, request, context, served, usage);
  }

  #isForwarded(handler: AnyApiHandler, request: object): boolean {
    if (handler.isForwarded === undefined || this.#forward === undefined) return false;
    return !this.#broker.controller.isActive && handler.isForwarded(request, this.#broker);
  }

  /** The answer of the active controller, as it is. */
  async #passOn(
    handler: AnyApiHandler,
    frame: Buffer,
    request: object,
    context: RequestContext,
  ): Promise<DispatchResult> {
    try {
      const answer = await this.#forward!(frame, context);
      const reader = new WireReader(answer);
      readResponseHeader(reader, handler.key, context.version);
      const message = handler.response.read(reader, context.version);
      this.observer.metrics.of(handler.key).countErrors(handler.key, message);
      // The controller has charged the client; to make it wait is up to the node it is connected to.
      const { throttleTimeMs = 0 } = message as { throttleTimeMs?: number };
      if (throttleTimeMs > 0) context.connection.throttle(throttleTimeMs);
      const size = Buffer.alloc(4);
      size.writeInt32BE(answer.length);
      return [size, answer];
    } catch (error) {
      const failed = this.#fail(handler, error, request, context);
      return encode(handler, failed, context, context.version);
    }
  }

  #run(
    handler: AnyApiHandler,
    request: object,
    context: RequestContext,
    served: ServedRequest,
    usage: RequestUsage | undefined,
  ): DispatchResult | Promise<DispatchResult> {
    try {
      handler.authorize?.(request, context);
      handler.validate?.(request, context);
      const result = handler.handle(request, context);
      if (!(result instanceof Promise)) return this.#answer(handler, result, context, served, usage);
      usage?.pause();
      this.#wait(served, 1);
      return result
        .catch((error: unknown) => this.#fail(handler, error, request, context))
        .then((late) => {
          this.#wait(served, -1);
          return this.#answer(handler, late, context, served, usage);
        });
    } catch (error) {
      return this.#answer(handler, this.#fail(handler, error, request, context), context, served, usage);
    }
  }

  /** Notes that a request begins or ends to wait for what others do. */
  #wait(served: ServedRequest, change: 1 | -1): void {
    const api = this.observer.metrics.of(served.apiKey);
    if (!api.mayWait) return;
    api.waiting += change;
    if (change === 1) served.waitingSinceMs = this.#broker.host.clock.monotonicMs();
  }

  #answer(
    handler: AnyApiHandler,
    result: HandlerResult<object>,
    context: RequestContext,
    served: ServedRequest,
    usage: RequestUsage | undefined,
  ): DispatchResult {
    const answered = throttled(result, context, usage);
    if (typeof answered === 'symbol') return answered;
    this.observer.metrics.of(handler.key).countErrors(handler.key, answered);
    if (served.request !== undefined) served.response = answered;
    return encode(handler, answered, context, context.version);
  }

  #fail(
    handler: AnyApiHandler,
    error: unknown,
    request: object,
    context: RequestContext,
  ): HandlerResult<object> {
    const kafkaError = toKafkaError(error);
    if (kafkaError.code === 'UNKNOWN_SERVER_ERROR') {
      this.#broker.logger.error('A request failed unexpectedly', {
        api: handler.request.name,
        version: context.version,
        clientId: context.clientId,
        error: error instanceof Error ? (error.stack ?? error.message) : String(error),
      });
    }
    return handler.fail(kafkaError, request, context);
  }
}

/** Tokens of the first form of SASL: nothing around them but their size, and no word about a failure. */
async function dispatchRawToken(sasl: SaslSession, token: Buffer): Promise<DispatchResult> {
  const { errorCode, authBytes } = await sasl.authenticate(token);
  if (errorCode !== ErrorCode.NONE) return closeConnection;
  const size = Buffer.alloc(4);
  size.writeInt32BE(authBytes.length);
  return [size, authBytes];
}

/** Everything but ApiVersions is closed; that one is answered in version 0, so that the client can choose (KIP-511). */
function refuseVersion(
  handler: AnyApiHandler,
  header: RequestHeader,
  context: RequestContext,
): DispatchResult {
  const { apiVersion } = header;
  if (handler.key === ApiKey.API_VERSIONS && apiVersion > handler.maxVersion) {
    const error = new KafkaError('UNSUPPORTED_VERSION', `ApiVersions ${apiVersion} is not supported`);
    return encode(handler, handler.fail(error, {}, { ...context, version: 0 }), context, 0);
  }
  throw new BadRequestError(
    `${handler.request.name} version ${apiVersion} is not supported, only ${handler.minVersion} to ${handler.maxVersion}`,
  );
}

/** Says in the answer how long the peer is to be quiet, and does not listen to it meanwhile. */
function throttled(
  result: HandlerResult<object>,
  context: RequestContext,
  usage: RequestUsage | undefined,
): HandlerResult<object> {
  const throttleMs = Math.max(context.throttleMs, usage?.charge() ?? 0);
  if (throttleMs === 0) return result;
  context.connection.throttle(throttleMs);
  return typeof result === 'symbol' ? result : { ...result, throttleTimeMs: throttleMs };
}

function encode(
  handler: AnyApiHandler,
  result: HandlerResult<object>,
  context: RequestContext,
  version: number,
): DispatchResult {
  if (typeof result === 'symbol') return result;
  return encodeResponse({
    codec: handler.response,
    version,
    correlationId: context.correlationId,
    message: result,
  });
}
