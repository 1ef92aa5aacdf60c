import { ErrorCode } from '@millrace/protocol';
import {
  DescribeDelegationTokenRequest,
  DescribeDelegationTokenResponse,
} from '@millrace/protocol/messages/describe-delegation-token';
import { expect, test } from 'vitest';
import { tokenRefusals } from '../testing/token-refusals.ts';

test.each([1, 3])(
  'DescribeDelegationToken is refused as by Apache Kafka without tokens, in version %i',
  async (version) => {
    const api = {
      request: DescribeDelegationTokenRequest,
      response: DescribeDelegationTokenResponse,
      version,
      message: { owners: [] },
    };
    expect(await tokenRefusals(api)).toEqual({
      anonymous: ErrorCode.DELEGATION_TOKEN_REQUEST_NOT_ALLOWED,
      known: ErrorCode.DELEGATION_TOKEN_AUTH_DISABLED,
    });
  },
);
