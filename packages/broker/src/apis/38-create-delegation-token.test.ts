import { ErrorCode } from '@millrace/protocol';
import {
  CreateDelegationTokenRequest,
  CreateDelegationTokenResponse,
} from '@millrace/protocol/messages/create-delegation-token';
import { expect, test } from 'vitest';
import { tokenRefusals } from '../testing/token-refusals.ts';

test.each([1, 3])(
  'CreateDelegationToken is refused as by Apache Kafka without tokens, in version %i',
  async (version) => {
    const api = {
      request: CreateDelegationTokenRequest,
      response: CreateDelegationTokenResponse,
      version,
      message: { renewers: [], maxLifetimeMs: 1000 },
    };
    expect(await tokenRefusals(api)).toEqual({
      anonymous: ErrorCode.DELEGATION_TOKEN_REQUEST_NOT_ALLOWED,
      known: ErrorCode.DELEGATION_TOKEN_AUTH_DISABLED,
    });
  },
);
