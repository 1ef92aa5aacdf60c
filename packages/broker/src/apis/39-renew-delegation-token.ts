import { ApiKey } from '@millrace/protocol';
import {
  RenewDelegationTokenRequest,
  RenewDelegationTokenResponse,
} from '@millrace/protocol/messages/renew-delegation-token';
import { always, defineHandler } from './handler.ts';
import { refuseDelegationTokens } from './refuse-delegation-tokens.ts';

export const renewDelegationToken = defineHandler({
  key: ApiKey.RENEW_DELEGATION_TOKEN,
  minVersion: 1,
  maxVersion: 2,
  isForwarded: always,
  request: RenewDelegationTokenRequest,
  response: RenewDelegationTokenResponse,

  handle(_request, context) {
    throw refuseDelegationTokens(context);
  },

  fail: ({ errorCode }) => ({ errorCode, expiryTimestampMs: -1, throttleTimeMs: 0 }),
});
