import { KafkaError, WireReader, WireWriter, type MessageCodec } from '@millrace/protocol';
import type { PeerApi } from '@millrace/replication';
import type { ApiRegistry } from '../apis/api-registry.ts';
import type { AnyApiHandler, ConnectionInfo, RequestContext } from '../apis/handler.ts';
import { toKafkaError } from '../apis/to-kafka-error.ts';
import type { BrokerServices } from '../broker-services.ts';
import { invariant } from '../errors.ts';
import { ANONYMOUS } from '../security/listener-security.ts';

/** In the place of the id of a connection, which begin at 1: what a node asks of itself comes over none. */
export const OWN_CONNECTION_ID = 0;

/**
 * The controller of this node, asked without a connection: by the same handlers, with requests that were written and
 * read again, so that there is no second way to do a thing. What a node asks of itself needs no permission.
 */
export class LocalController {
  readonly #apis: ApiRegistry;
  readonly #broker: () => BrokerServices;
  readonly #connection: ConnectionInfo;

  constructor(apis: ApiRegistry, broker: () => BrokerServices, closed: AbortSignal) {
    this.#apis = apis;
    this.#broker = broker;
    this.#connection = ownConnection(closed);
  }

  /** @throws KafkaError NOT_CONTROLLER while it is not the active one */
  async call<Request extends object, Response extends object>(
    api: PeerApi<Request, Response>,
    message: Request,
  ): Promise<Response> {
    const broker = this.#broker();
    const handler = this.#apis.find(api.apiKey);
    invariant(handler !== undefined, `controllers do not serve ${api.name}`);
    if (!broker.controller.isActive) {
      throw new KafkaError('NOT_CONTROLLER', `Node ${broker.nodeId} is not the active controller`);
    }
    const request = api.request.read(written(api.request, message, api.version), api.version);
    const answer = await this.#handle(handler, request, {
      apiKey: api.apiKey,
      version: api.version,
      correlationId: 0,
      clientId: null,
      apis: this.#apis,
      connection: this.#connection,
      broker,
      throttleMs: 0,
      isOfNode: false,
    });
    return api.response.read(written(handler.response, answer, api.version), api.version);
  }

  async #handle(handler: AnyApiHandler, request: object, context: RequestContext): Promise<object> {
    try {
      handler.validate?.(request, context);
      const result = await handler.handle(request, context);
      invariant(typeof result !== 'symbol', `${handler.request.name} has no answer`);
      return result;
    } catch (error) {
      const result = handler.fail(toKafkaError(error), request, context);
      invariant(typeof result !== 'symbol', `${handler.request.name} has no answer`);
      return result;
    }
  }
}

/** The message as it would arrive at a peer. */
function written<Input extends object>(
  codec: MessageCodec<object, Input>,
  message: Input,
  version: number,
): WireReader {
  const writer = new WireWriter();
  codec.write(writer, message, version);
  return new WireReader(writer.toBuffer());
}

function ownConnection(closed: AbortSignal): ConnectionInfo {
  return {
    id: OWN_CONNECTION_ID,
    remoteHost: '127.0.0.1',
    remotePort: 0,
    listenerName: '',
    securityProtocol: 'PLAINTEXT',
    principal: ANONYMOUS,
    software: undefined,
    sasl: undefined,
    closed,
    whenSent() {},
    holds: (memory) => memory.release(),
    throttle() {},
  };
}
