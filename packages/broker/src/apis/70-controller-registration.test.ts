import { ErrorCode } from '@millrace/protocol';
import {
  ControllerRegistrationRequest,
  ControllerRegistrationResponse,
} from '@millrace/protocol/messages/controller-registration';
import { expect, it } from 'vitest';
import { askController } from '../testing/ask-controller.ts';
import { TestBroker } from '../testing/test-broker.ts';

const registration = { request: ControllerRegistrationRequest, response: ControllerRegistrationResponse };

it('notes where a controller is, and what it understands', async () => {
  await using server = await TestBroker.start();
  const { errorCode } = await askController(server, registration, {
    controllerId: 3,
    incarnationId: Buffer.alloc(16, 'i').toString('base64url'),
    listeners: [{ name: 'CONTROLLER', host: 'h', port: 9093, securityProtocol: 0 }],
    features: [{ name: 'kraft.version', minSupportedVersion: 0, maxSupportedVersion: 1 }],
  });
  expect(errorCode).toBe(ErrorCode.NONE);
  const controller = server.broker.image.controllers.get(3)!;
  expect(controller.features).toEqual([{ name: 'kraft.version', minVersion: 0, maxVersion: 1 }]);
  expect([...controller.endpoints]).toEqual([['CONTROLLER', { host: 'h', port: 9093, securityProtocol: 0 }]]);
});
