import {
  encodeRequest,
  ErrorCode,
  KafkaError,
  kafkaErrorName,
  readResponseHeader,
  WireReader,
} from '@millrace/protocol';
import { EnvelopeRequest, EnvelopeResponse } from '@millrace/protocol/messages/envelope';
import { peerApi, type PeerApi } from '@millrace/replication';
import type { ConnectionInfo, RequestContext } from '../apis/handler.ts';
import { hostBytes, principalBytes } from './client-identity.ts';
import type { ControllerChannel } from './controller-channel.ts';

const SIZE_BYTES = 4;
const envelopeApi = peerApi(EnvelopeRequest, EnvelopeResponse);

/** Who a request is passed on for. */
export interface ForwardedFor {
  readonly connection: Pick<ConnectionInfo, 'principal' | 'remoteHost' | 'closed'>;
}

/** One connection to the active controller. */
export type ForwardingChannel = Pick<ControllerChannel, 'send'>;

interface Lane {
  readonly channel: ForwardingChannel;
  inFlight: number;
}

/**
 * Hands requests of clients to the active controller as they are, with who sent them (KIP-590), so that a client may
 * ask any broker.
 *
 * A controller answers each connection in order, and most of what is passed on waits for a commit. Requests that come in
 * together therefore go over several connections, the one with the least under way each; one at a time needs only one.
 */
export class RequestForwarder {
  readonly #lanes: readonly Lane[];
  readonly #timeoutMs: () => number;

  /** @param timeoutMs for all attempts of one request together */
  constructor(channels: readonly ForwardingChannel[], timeoutMs: () => number) {
    this.#lanes = channels.map((channel) => ({ channel, inFlight: 0 }));
    this.#timeoutMs = timeoutMs;
  }

  /** A request that this node makes in the name of a client. @throws KafkaError when there is no answer */
  async send<Request extends object, Response>(
    { apiKey, version, request, response }: PeerApi<Request, Response>,
    message: Request,
    context: RequestContext,
  ): Promise<Response> {
    const chunks = encodeRequest({
      codec: request,
      version,
      correlationId: context.correlationId,
      clientId: context.clientId,
      message,
    });
    const answer = await this.forward(Buffer.concat(chunks).subarray(SIZE_BYTES), context);
    const reader = new WireReader(answer);
    readResponseHeader(reader, apiKey, version);
    return response.read(reader, version);
  }

  /**
   * @param frame header and body of the request
   * @returns header and body of the answer
   * @throws KafkaError when there is no answer for the client
   */
  async forward(frame: Buffer, { connection }: ForwardedFor): Promise<Buffer> {
    const envelope = {
      requestData: frame,
      requestPrincipal: principalBytes(connection.principal),
      clientHostAddress: hostBytes(connection.remoteHost),
    };
    const lane = this.#lanes.reduce((least, each) => (each.inFlight < least.inFlight ? each : least));
    lane.inFlight++;
    const { errorCode, responseData } = await lane.channel
      .send(envelopeApi, envelope, { timeoutMs: this.#timeoutMs(), signal: connection.closed })
      .finally(() => lane.inFlight--);
    if (errorCode === ErrorCode.NONE && responseData !== null) return responseData;
    // Not the fault of the client, and nothing it could do about it: the controller refuses this node.
    throw new KafkaError(
      'UNKNOWN_SERVER_ERROR',
      `The active controller does not take requests from this broker: ${kafkaErrorName(errorCode)}`,
    );
  }
}
