import { ErrorCode, KafkaError, kafkaErrorName } from '@millrace/protocol';
import { EnvelopeRequest, EnvelopeResponse } from '@millrace/protocol/messages/envelope';
import { peerApi } from '@millrace/replication';
import type { RequestContext } from '../apis/handler.ts';
import { hostBytes, principalBytes } from './client-identity.ts';
import type { ControllerChannel } from './controller-channel.ts';

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
