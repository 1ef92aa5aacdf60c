import { ApiKey } from '@millrace/protocol';
import {
  ExpireDelegationTokenRequest,
  ExpireDelegationTokenResponse,
} from '@millrace/protocol/messages/expire-delegation-token';
import { always, defineHandler } from './handler.ts';
import { refuseDelegationTokens } from './refuse-delegation-tokens.ts';

export const expireDelegationToken = defineHandler({
  key: ApiKey.EXPIRE_DELEGATION_TOKEN,
  minVersion: 1,
  maxVersion: 2,
  isForwarded: always,
  request: ExpireDelegationTokenRequest,
  response: ExpireDelegationTokenResponse,

  handle(_request, context) {
    throw refuseDelegationTokens(context);
  },

  fail: ({ errorCode }) => ({ errorCode, expiryTimestampMs: -1, throttleTimeMs: 0 }),
});
