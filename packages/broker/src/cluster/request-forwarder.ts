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
import type { RequestContext } from '../apis/handler.ts';
import { hostBytes, principalBytes } from './client-identity.ts';
import type { ControllerChannel } from './controller-channel.ts';

const SIZE_BYTES = 4;
const envelopeApi = peerApi(EnvelopeRequest, EnvelopeResponse);

/**
 * Hands requests of clients to the active controller as they are, with who sent them (KIP-590), so that a client may
 * ask any broker.
 */
export class RequestForwarder {
  readonly #channel: ControllerChannel;
  readonly #timeoutMs: () => number;

  /** @param timeoutMs for all attempts of one request together */
  constructor(channel: ControllerChannel, timeoutMs: () => number) {
    this.#channel = channel;
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
  async forward(frame: Buffer, { connection }: RequestContext): Promise<Buffer> {
    const { errorCode, responseData } = await this.#channel.send(
      envelopeApi,
      {
        requestData: frame,
        requestPrincipal: principalBytes(connection.principal),
        clientHostAddress: hostBytes(connection.remoteHost),
      },
      { timeoutMs: this.#timeoutMs(), signal: connection.closed },
    );
    if (errorCode === ErrorCode.NONE && responseData !== null) return responseData;
    // Not the fault of the client, and nothing it could do about it: the controller refuses this node.
    throw new KafkaError(
      'UNKNOWN_SERVER_ERROR',
      `The active controller does not take requests from this broker: ${kafkaErrorName(errorCode)}`,
    );
  }
}
