import { ApiKey } from '@millrace/protocol';
import {
  DescribeDelegationTokenRequest,
  DescribeDelegationTokenResponse,
} from '@millrace/protocol/messages/describe-delegation-token';
import { defineHandler } from './handler.ts';
import { refuseDelegationTokens } from './refuse-delegation-tokens.ts';

export const describeDelegationToken = defineHandler({
  key: ApiKey.DESCRIBE_DELEGATION_TOKEN,
  minVersion: 1,
  maxVersion: 3,
  request: DescribeDelegationTokenRequest,
  response: DescribeDelegationTokenResponse,

  handle(_request, context) {
    throw refuseDelegationTokens(context);
  },

  fail: ({ errorCode }) => ({ errorCode, tokens: [], throttleTimeMs: 0 }),
});
