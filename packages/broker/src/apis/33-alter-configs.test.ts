import { ErrorCode } from '@millrace/protocol';
import { AlterConfigsRequest, AlterConfigsResponse } from '@millrace/protocol/messages/alter-configs';
import { describe, expect, it } from 'vitest';
import type { RawConnection } from '../testing/raw-connection.ts';
import { createTopic } from '../testing/requests.ts';
import { TestBroker } from '../testing/test-broker.ts';

const TOPIC = 2;

async function alter(
  connection: RawConnection,
  version: number,
  configs: Readonly<Record<string, string | null>>,
) {
  const entries = Object.entries(configs).map(([name, value]) => ({ name, value }));
  const { responses } = await connection.send({
    request: AlterConfigsRequest,
    response: AlterConfigsResponse,
    version,
    message: {
      resources: [{ resourceType: TOPIC, resourceName: 'orders', configs: entries }],
      validateOnly: false,
    },
  });
  return responses[0]!;
}

describe('AlterConfigs', () => {
  it.each([0, 2])('replaces every override of a topic, in version %i', async (version) => {
    await using server = await TestBroker.start();
    const connection = await server.connect();
    await createTopic(connection, 'orders', { configs: { 'retention.ms': '5', 'segment.ms': '6' } });
    expect((await alter(connection, version, { 'segment.ms': '7' })).errorCode).toBe(ErrorCode.NONE);
    const { config } = server.broker.partitions.get('orders', 0)!.log;
    expect([config['retention.ms'], config['segment.ms']]).toEqual([604800000, 7]);
  });

  it('changes nothing when one value is illegal', async () => {
    await using server = await TestBroker.start();
    const connection = await server.connect();
    await createTopic(connection, 'orders', { configs: { 'retention.ms': '5' } });
    const refused = await alter(connection, 2, { 'retention.ms': '8', 'segment.ms': 'soon' });
    expect(refused.errorCode).toBe(ErrorCode.INVALID_CONFIG);
    expect(refused.errorMessage).toContain('segment.ms');
    expect(server.broker.partitions.get('orders', 0)!.log.config['retention.ms']).toBe(5);
  });
});
