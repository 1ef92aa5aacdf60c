import { ErrorCode } from '@millrace/protocol';
import {
  RenewDelegationTokenRequest,
  RenewDelegationTokenResponse,
} from '@millrace/protocol/messages/renew-delegation-token';
import { expect, test } from 'vitest';
import { connectAs, startSecuredBroker } from '../testing/secured-broker.ts';
import { TestBroker } from '../testing/test-broker.ts';

test.each([1, 2])(
  'RenewDelegationToken is refused as by Apache Kafka without tokens, in version %i',
  async (version) => {
    const api = {
      request: RenewDelegationTokenRequest,
      response: RenewDelegationTokenResponse,
      version,
      message: { hmac: Buffer.alloc(1), renewPeriodMs: 1 },
    };
    await using open = await TestBroker.start();
    const anonymous = await (await open.connect()).send(api);
    expect(anonymous.errorCode).toBe(ErrorCode.DELEGATION_TOKEN_REQUEST_NOT_ALLOWED);
    await using server = await startSecuredBroker();
    const known = await (await connectAs(server, 'alice')).send(api);
    expect(known.errorCode).toBe(ErrorCode.DELEGATION_TOKEN_AUTH_DISABLED);
  },
);
