import { ErrorCode } from '@millrace/protocol';
import {
  RenewDelegationTokenRequest,
  RenewDelegationTokenResponse,
} from '@millrace/protocol/messages/renew-delegation-token';
import { expect, test } from 'vitest';
import { tokenRefusals } from '../testing/token-refusals.ts';

test.each([1, 2])(
  'RenewDelegationToken is refused as by Apache Kafka without tokens, in version %i',
  async (version) => {
    const api = {
      request: RenewDelegationTokenRequest,
      response: RenewDelegationTokenResponse,
      version,
      message: { hmac: Buffer.alloc(1), renewPeriodMs: 1 },
    };
    expect(await tokenRefusals(api)).toEqual({
      anonymous: ErrorCode.DELEGATION_TOKEN_REQUEST_NOT_ALLOWED,
      known: ErrorCode.DELEGATION_TOKEN_AUTH_DISABLED,
    });
  },
);
