import { ErrorCode } from '@millrace/protocol';
import {
  ExpireDelegationTokenRequest,
  ExpireDelegationTokenResponse,
} from '@millrace/protocol/messages/expire-delegation-token';
import { expect, test } from 'vitest';
import { tokenRefusals } from '../testing/token-refusals.ts';

test.each([1, 2])(
  'ExpireDelegationToken is refused as by Apache Kafka without tokens, in version %i',
  async (version) => {
    const api = {
      request: ExpireDelegationTokenRequest,
      response: ExpireDelegationTokenResponse,
      version,
      message: { hmac: Buffer.alloc(1), expiryTimePeriodMs: 1 },
    };
    expect(await tokenRefusals(api)).toEqual({
      anonymous: ErrorCode.DELEGATION_TOKEN_REQUEST_NOT_ALLOWED,
      known: ErrorCode.DELEGATION_TOKEN_AUTH_DISABLED,
    });
  },
);
