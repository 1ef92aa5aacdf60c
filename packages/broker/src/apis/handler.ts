import type { KafkaError, MessageCodec } from '@millrace/protocol';
import type { ApiRegistry } from './api-registry.ts';
import type { BrokerServices } from '../broker-services.ts';
import type { BrokerPropertyValues } from '../config/broker-properties.ts';
import type { SaslSession } from '../security/sasl/sasl-session.ts';
import type { SecurityProtocol } from '../security/security-protocol.ts';

/** Name and version of the library that a peer uses: `apache-kafka-java`, `4.1.0`. */
export interface ClientSoftware {
  readonly name: string;
  readonly version: string;
}

/** The peer, as far as handlers may care. Lives as long as the connection. */
export interface ConnectionInfo {
  /** Unique within this broker process; never reused. */
  readonly id: number;
  readonly remoteHost: string;
  readonly remotePort: number;
  /** Name of the listener the peer came in on; endpoints in answers are those of this listener. */
  readonly listenerName: string;
  readonly securityProtocol: SecurityProtocol;
  /** Kafka's form, `User:ANONYMOUS` while nothing is known of the peer. */
  readonly principal: string;
  /** What the client says it is (KIP-511); set by ApiVersions. */
  software: ClientSoftware | undefined;
  /** `undefined` on listeners without SASL. */
  readonly sasl: SaslSession | undefined;
  /** Aborted when the connection is gone. Whatever waits for this peer (long polls, joins) gives up then. */
  readonly closed: AbortSignal;
  /**
   * For memory that an answer refers to: called some time after the operating system has taken all of the answer that
   * the handler makes in this turn. Never called if the connection ends before.
   */
  whenSent(callback: () => void): void;
  /** Memory of the answer that is being made: released when it is taken, or the connection is gone. */
  holds(memory: { release(): void }): void;
  /** Takes nothing more from the peer for so long after the answer that is being made (KIP-219). */
  throttle(durationMs: number): void;
}

/** One request's surroundings. */
export interface RequestContext {
  readonly apiKey: number;
  readonly version: number;
  readonly correlationId: number;
  readonly clientId: string | null;
  /** What is served on the listener the request came in on. */
  readonly apis: ApiRegistry;
  /** Whether a broker has passed it on (KIP-590), after it has looked at it. Default: no. */
  readonly isForwarded?: boolean;
  readonly connection: ConnectionInfo;
  readonly broker: BrokerServices;
  /** How long the peer is to be quiet after the answer. Raised by whoever finds a quota exceeded. */
  throttleMs: number;
  /** Set by the handler when it is another node that asks: quotas are for clients, and must not slow replicas down. */
  isOfNode: boolean;
}

/**
 * One Kafka API. A handler file has these parts and nothing else: key and versions, `authorize`, `validate`, `handle`,
 * `fail`. They run in this order.
 */
export interface ApiHandler<Request extends object, Response extends object> {
  /** `ApiKey.X`; the file is named by it. */
  readonly key: number;
  /** Versions that are served. A request outside of them closes the connection, as in Kafka. */
  readonly minVersion: number;
  readonly maxVersion: number;
  /** What ApiVersions says instead of `minVersion` (KAFKA-18659: Produce claims 0). */
  readonly advertisedMinVersion?: number;
  /** Whether ApiVersions mentions it. Default: it does. Who asks all the same is answered. */
  readonly isAdvertised?: (config: BrokerPropertyValues) => boolean;
  readonly request: MessageCodec<Request, never>;
  readonly response: MessageCodec<object, Response>;
  /** Whether only the active controller can do it, so that other brokers pass it on (KIP-590). Default: no. */
  isForwarded?(request: Request, broker: BrokerServices): boolean;
  /** Refuses the whole request by throwing a `KafkaError`; per-resource refusals belong into `handle`. */
  authorize?(request: Request, context: RequestContext): void;
  /** Refuses a malformed request as a whole by throwing a `KafkaError`, before anything was changed. */
  validate?(request: Request, context: RequestContext): void;
  /**
   * Answers. A plain value is sent in the same turn, without a promise. `noResponse` sends nothing (Produce with acks=0),
   * `closeConnection` drops the peer. Decoded `Buffer` fields are slices of the received frame, which belongs to the
   * handler from then on.
   */
  handle(
    request: Request,
    context: RequestContext,
  ): HandlerResult<Response> | Promise<HandlerResult<Response>>;
  /**
   * The answer that carries a failure of the whole request: what `authorize` or `validate` threw, or what escaped from
   * `handle` (anything that is no `KafkaError` was logged and became `UNKNOWN_SERVER_ERROR`).
   */
  fail(error: KafkaError, request: Request, context: RequestContext): HandlerResult<Response>;
}

/** For `isForwarded` of what only the active controller does. */
export const always = (): boolean => true;

/** Result of a handler that answers nothing and keeps the connection. */
export const noResponse: unique symbol = Symbol('no response');
/** Result of a handler after which the connection is closed without an answer. */
export const closeConnection: unique symbol = Symbol('close connection');

export type HandlerResult<Response> = Response | typeof noResponse | typeof closeConnection;

/** A handler whose message types are known to itself only: what the registry and the connection layer deal in. */
export type AnyApiHandler = ApiHandler<object, object>;

/**
 * Declares the handler of one API; the types of request and response come from the codecs.
 *
 * ```ts
 * export const heartbeat = defineHandler({
 *   key: ApiKey.HEARTBEAT,
 *   minVersion: 0,
 *   maxVersion: 4,
 *   request: HeartbeatRequest,
 *   response: HeartbeatResponse,
 *   handle: (request, { broker }) => broker.groups.heartbeat(request),
 *   fail: (error) => ({ throttleTimeMs: 0, errorCode: error.errorCode }),
 * });
 * ```
 */
export function defineHandler<Request extends object, Response extends object>(
  handler: ApiHandler<Request, Response>,
): AnyApiHandler {
  // The codecs guarantee that the connection layer hands each handler its own messages only.
  return handler;
}
