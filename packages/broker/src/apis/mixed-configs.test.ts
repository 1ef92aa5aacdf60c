import { ErrorCode } from '@millrace/protocol';
import { AlterConfigsRequest, AlterConfigsResponse } from '@millrace/protocol/messages/alter-configs';
import {
  IncrementalAlterConfigsRequest,
  IncrementalAlterConfigsResponse,
} from '@millrace/protocol/messages/incremental-alter-configs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ConfigResourceType } from '../metadata/cluster-image.ts';
import { createTopic } from '../testing/requests.ts';
import { ThreeNodes } from '../testing/three-nodes.ts';

const { TOPIC, BROKER, BROKER_LOGGER } = ConfigResourceType;
const SET = 0;

describe('a request for configuration of several places, at a node that is not the active controller', () => {
  let cluster: ThreeNodes;
  let node: number;
  beforeAll(async () => {
    cluster = await ThreeNodes.start();
    node = cluster.nodes.find((each) => each !== cluster.active)!.nodeId;
    await createTopic(await cluster.connect(node), 'orders', { partitions: 1, replicationFactor: 3 });
  });
  afterAll(() => cluster[Symbol.asyncDispose]());

  async function retention(): Promise<string> {
    await cluster.active!.controller.settled();
    return cluster.active!.image.configs.of(TOPIC, 'orders').get('retention.ms') ?? '';
  }

  it('is done here and there, and refused one by one', async () => {
    const connection = await cluster.connect(node);
    const other = String((node % 3) + 1);
    const set = (name: string, value: string) => [{ name, configOperation: SET, value }];
    const { responses } = await connection.send({
      request: IncrementalAlterConfigsRequest,
      response: IncrementalAlterConfigsResponse,
      version: 1,
      message: {
        resources: [
          {
            resourceType: BROKER_LOGGER,
            resourceName: String(node),
            configs: set('kafka.server', 'DEBUG'),
          },
          { resourceType: TOPIC, resourceName: 'orders', configs: set('retention.ms', '1000') },
          { resourceType: TOPIC, resourceName: 'nowhere', configs: set('retention.ms', '1000') },
          { resourceType: BROKER, resourceName: other, configs: set('log.cleaner.threads', '2') },
        ],
        validateOnly: false,
      },
    });
    expect(
      responses.map(({ resourceType, resourceName, errorCode }) => [resourceType, resourceName, errorCode]),
    ).toEqual([
      [BROKER_LOGGER, String(node), ErrorCode.NONE],
      [TOPIC, 'orders', ErrorCode.NONE],
      [TOPIC, 'nowhere', ErrorCode.UNKNOWN_TOPIC_OR_PARTITION],
      [BROKER, other, ErrorCode.INVALID_REQUEST],
    ]);
    expect(cluster.node(node).loggers.levels().get('kafka.server')).toBe('DEBUG');
    expect(await retention()).toBe('1000');
  });

  it('is done in the old form, too, and not when it is only to be validated', async () => {
    const connection = await cluster.connect(node);
    const other = String((node % 3) + 1);
    const alter = (value: string, validateOnly: boolean) =>
      connection.send({
        request: AlterConfigsRequest,
        response: AlterConfigsResponse,
        version: 2,
        message: {
          resources: [
            { resourceType: BROKER, resourceName: other, configs: [] },
            { resourceType: TOPIC, resourceName: 'orders', configs: [{ name: 'retention.ms', value }] },
          ],
          validateOnly,
        },
      });
    const { responses } = await alter('3000', true);
    expect(responses.map(({ resourceType, errorCode }) => [resourceType, errorCode])).toEqual([
      [TOPIC, ErrorCode.NONE],
      [BROKER, ErrorCode.INVALID_REQUEST],
    ]);
    const before = await retention();
    expect(before).not.toBe('3000');
    await alter('2000', false);
    expect(await retention()).toBe('2000');
  });
});
