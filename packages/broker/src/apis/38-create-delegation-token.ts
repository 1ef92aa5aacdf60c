import { ApiKey } from '@millrace/protocol';
import {
  CreateDelegationTokenRequest,
  CreateDelegationTokenResponse,
} from '@millrace/protocol/messages/create-delegation-token';
import { always, defineHandler } from './handler.ts';
import { refuseDelegationTokens } from './refuse-delegation-tokens.ts';

const FIRST_WITH_REQUESTER = 3;

export const createDelegationToken = defineHandler({
  key: ApiKey.CREATE_DELEGATION_TOKEN,
  minVersion: 1,
  maxVersion: 3,
  isForwarded: always,
  request: CreateDelegationTokenRequest,
  response: CreateDelegationTokenResponse,

  handle(_request, context) {
    throw refuseDelegationTokens(context);
  },

  fail: ({ errorCode }, _request, { connection, version }) => {
    const [principalType = '', principalName = ''] = connection.principal.split(/:(.*)/s);
    const requester = {
      tokenRequesterPrincipalType: principalType,
      tokenRequesterPrincipalName: principalName,
    };
    return {
      errorCode,
      principalType,
      principalName,
      ...(version >= FIRST_WITH_REQUESTER ? requester : {}),
      issueTimestampMs: -1,
      expiryTimestampMs: -1,
      maxTimestampMs: -1,
      tokenId: '',
      hmac: Buffer.alloc(0),
      throttleTimeMs: 0,
    };
  },
});
