import { ErrorCode } from '@millrace/protocol';
import {
  ListConfigResourcesRequest,
  ListConfigResourcesResponse,
} from '@millrace/protocol/messages/list-config-resources';
import { describe, expect, it } from 'vitest';
import { createTopic } from '../testing/requests.ts';
import { TestBroker } from '../testing/test-broker.ts';

describe('a node alone', () => {
  it('lists what can be configured', async () => {
    await using server = await TestBroker.start();
    const connection = await server.connect();
    await createTopic(connection, 'orders');
    const list = (resourceTypes: number[]) =>
      connection.send({
        request: ListConfigResourcesRequest,
        response: ListConfigResourcesResponse,
        version: 1,
        message: { resourceTypes },
      });
    expect((await list([2, 4])).configResources).toEqual([
      { resourceName: 'orders', resourceType: 2 },
      { resourceName: '1', resourceType: 4 },
    ]);
    expect((await list([99])).errorCode).toBe(ErrorCode.UNSUPPORTED_VERSION);
  });
});
