import { memoryHost } from '@millrace/host';
import { ApiKey, ErrorCode } from '@millrace/protocol';
import { FindCoordinatorResponse } from '@millrace/protocol/messages/find-coordinator';
import { MetadataResponse } from '@millrace/protocol/messages/metadata';
import { OffsetCommitResponse } from '@millrace/protocol/messages/offset-commit';
import { expect, it } from 'vitest';
import { Cluster } from '../../cluster/cluster.ts';
import { testSettings } from '../../testing/cluster-settings.ts';
import { metadataAnswer, usualVersions } from '../../testing/metadata-answer.ts';
import { ScriptedBroker, type ScriptedRequest } from '../../testing/scripted-broker.ts';
import { commitOffsets } from './commit-offsets.ts';

const versions = new Map([...usualVersions, [ApiKey.OFFSET_COMMIT, [2, 9]] as const]);

it.each(['NOT_COORDINATOR', 'COORDINATOR_NOT_AVAILABLE'] as const)(
  'a commit follows the coordinator to another broker: %s',
  async (name) => {
    const host = memoryHost();
    const asked: number[] = [];
    let coordinator = 0;
    const nodes: ScriptedBroker[] = [];
    const answer = (nodeId: number) => (request: ScriptedRequest) => {
      const ports = nodes.map(({ port }) => port);
      if (request.apiKey === ApiKey.METADATA)
        return request.answer(MetadataResponse, metadataAnswer(ports, []));
      if (request.apiKey === ApiKey.FIND_COORDINATOR) {
        const at = { nodeId: coordinator, host: '127.0.0.1', port: ports[coordinator]! };
        const coordinators = [{ key: 'g', ...at, errorCode: 0, errorMessage: null }];
        return request.answer(FindCoordinatorResponse, { throttleTimeMs: 0, coordinators });
      }
      asked.push(nodeId);
      coordinator = 1;
      const errorCode = nodeId === coordinator ? ErrorCode.NONE : ErrorCode[name];
      const topics = [{ name: 't', partitions: [{ partitionIndex: 0, errorCode }] }];
      return request.answer(OffsetCommitResponse, { throttleTimeMs: 0, topics });
    };
    for (const nodeId of [0, 1]) nodes.push(await ScriptedBroker.start(host, versions, answer(nodeId)));
    const cluster = new Cluster(testSettings(host, [nodes[0]!.bootstrapServers]));
    const member = { groupId: 'g', groupInstanceId: null, memberId: 'm', generationId: 1 };
    const offsets = [{ topic: 't', partition: 0, offset: 5, leaderEpoch: -1, metadata: '' }];
    await commitOffsets(cluster, offsets, member, { timeoutMs: 5000, limitedBy: 'the test' });
    expect(asked).toEqual([0, 1]);
    await cluster.close({ drain: false });
    for (const node of nodes) await node[Symbol.asyncDispose]();
  },
);
