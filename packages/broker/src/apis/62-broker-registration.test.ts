import { ErrorCode } from '@millrace/protocol';
import {
  BrokerRegistrationRequest,
  BrokerRegistrationResponse,
} from '@millrace/protocol/messages/broker-registration';
import { describe, expect, it } from 'vitest';
import { askController, registrationOf } from '../testing/ask-controller.ts';
import { TestBroker } from '../testing/test-broker.ts';

const registration = { request: BrokerRegistrationRequest, response: BrokerRegistrationResponse };
describe('BrokerRegistration', () => {
  it('lets a broker in, fenced, and tells its epoch', async () => {
    await using server = await TestBroker.start();
    const { errorCode, brokerEpoch } = await askController(server, registration, registrationOf(server, 2));
    expect(errorCode).toBe(ErrorCode.NONE);
    expect(server.broker.image.brokers.get(2)).toMatchObject({
      epoch: brokerEpoch,
      isFenced: true,
      rack: 'r',
    });
  });

  it('refuses a broker of another cluster, and says so in the log of both', async () => {
    await using server = await TestBroker.start();
    const message = { ...registrationOf(server, 2), clusterId: 'other' };
    expect(await askController(server, registration, message)).toMatchObject({
      errorCode: ErrorCode.INCONSISTENT_CLUSTER_ID,
      brokerEpoch: -1,
    });
    expect(server.complaints).toMatchObject([
      { message: 'The registration of a broker was refused', fields: { brokerId: 2 } },
    ]);
  });
});
