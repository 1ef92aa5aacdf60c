import { ApiKey, ErrorCode } from '@millrace/protocol';
import {
  SaslAuthenticateRequest,
  SaslAuthenticateResponse,
} from '@millrace/protocol/messages/sasl-authenticate';
import { defineHandler } from './handler.ts';

const FIRST_WITH_LIFETIME = 1;
const NO_BYTES = Buffer.alloc(0);

export const saslAuthenticate = defineHandler({
  key: ApiKey.SASL_AUTHENTICATE,
  minVersion: 0,
  maxVersion: 2,
  request: SaslAuthenticateRequest,
  response: SaslAuthenticateResponse,

  async handle({ authBytes }, { connection, version }) {
    if (connection.sasl === undefined) {
      return {
        errorCode: ErrorCode.ILLEGAL_SASL_STATE,
        errorMessage: 'The listener has no SASL',
        authBytes: NO_BYTES,
      };
    }
    const { sessionLifetimeMs, ...answer } = await connection.sasl.authenticate(authBytes);
    return version >= FIRST_WITH_LIFETIME ? { ...answer, sessionLifetimeMs } : answer;
  },

  fail: ({ errorCode, message }) => ({ errorCode, errorMessage: message, authBytes: NO_BYTES }),
});
