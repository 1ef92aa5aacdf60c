import { ErrorCode } from '@millrace/protocol';
import {
  BrokerHeartbeatRequest,
  BrokerHeartbeatResponse,
} from '@millrace/protocol/messages/broker-heartbeat';
import {
  BrokerRegistrationRequest,
  BrokerRegistrationResponse,
} from '@millrace/protocol/messages/broker-registration';
import { describe, expect, it } from 'vitest';
import { askController, registrationOf } from '../testing/ask-controller.ts';
import { TestBroker } from '../testing/test-broker.ts';

const registration = { request: BrokerRegistrationRequest, response: BrokerRegistrationResponse };
const heartbeat = { request: BrokerHeartbeatRequest, response: BrokerHeartbeatResponse };

describe('BrokerHeartbeat', () => {
  it.each([0, 2])(
    'lets a broker take part that has caught up, and lets it go again, in version %i',
    async (version) => {
      await using server = await TestBroker.start();
      const { brokerEpoch } = await askController(server, registration, registrationOf(server, 2));
      const beat = (message: Partial<BrokerHeartbeatRequest>) =>
        askController(server, heartbeat, { brokerId: 2, brokerEpoch, ...message }, version);
      const errorCode = ErrorCode.NONE;
      expect(await beat({ currentMetadataOffset: brokerEpoch - 1 })).toMatchObject({
        errorCode,
        isFenced: true,
      });
      expect(await beat({ currentMetadataOffset: brokerEpoch })).toMatchObject({
        errorCode,
        isFenced: false,
      });
      expect(server.broker.image.brokers.get(2)!.isFenced).toBe(false);
      expect(await beat({ wantShutDown: true })).toMatchObject({
        errorCode,
        isFenced: true,
        shouldShutDown: true,
      });
      expect(server.broker.image.brokers.get(2)!.isFenced).toBe(true);
    },
  );

  it('is refused to a stranger', async () => {
    await using server = await TestBroker.start();
    const { errorCode } = await askController(server, heartbeat, { brokerId: 9, brokerEpoch: 1 });
    expect(errorCode).toBe(ErrorCode.STALE_BROKER_EPOCH);
  });
});
