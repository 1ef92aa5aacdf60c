import { ApiKey } from '@millrace/protocol';
import {
  CreateDelegationTokenRequest,
  CreateDelegationTokenResponse,
} from '@millrace/protocol/messages/create-delegation-token';
import { defineHandler } from './handler.ts';
import { refuseDelegationTokens } from './refuse-delegation-tokens.ts';

export const createDelegationToken = defineHandler({
  key: ApiKey.CREATE_DELEGATION_TOKEN,
  minVersion: 1,
  maxVersion: 3,
  request: CreateDelegationTokenRequest,
  response: CreateDelegationTokenResponse,

  handle(_request, context) {
    throw refuseDelegationTokens(context);
  },

  fail: ({ errorCode }) => ({
    errorCode,
    principalType: '',
    principalName: '',
    issueTimestampMs: -1,
    expiryTimestampMs: -1,
    maxTimestampMs: -1,
    tokenId: '',
    hmac: Buffer.alloc(0),
    throttleTimeMs: 0,
  }),
});
