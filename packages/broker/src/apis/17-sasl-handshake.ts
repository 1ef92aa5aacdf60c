import { ApiKey, ErrorCode } from '@millrace/protocol';
import { SaslHandshakeRequest, SaslHandshakeResponse } from '@millrace/protocol/messages/sasl-handshake';
import { defineHandler } from './handler.ts';

/** After version 0, tokens come without a Kafka header. */
const LAST_WITH_RAW_TOKENS = 0;

export const saslHandshake = defineHandler({
  key: ApiKey.SASL_HANDSHAKE,
  minVersion: 0,
  maxVersion: 1,
  request: SaslHandshakeRequest,
  response: SaslHandshakeResponse,

  handle({ mechanism }, { connection, version }) {
    if (connection.sasl === undefined) return { errorCode: ErrorCode.ILLEGAL_SASL_STATE, mechanisms: [] };
    return connection.sasl.begin(mechanism, version === LAST_WITH_RAW_TOKENS);
  },

  fail: ({ errorCode }) => ({ errorCode, mechanisms: [] }),
});
