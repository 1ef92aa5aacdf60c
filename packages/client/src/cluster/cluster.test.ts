import { memoryHost, silentLogger, type Logger } from '@millrace/host';
import { ApiKey, ErrorCode } from '@millrace/protocol';
import { ApiVersionsResponse } from '@millrace/protocol/messages/api-versions';
import { FindCoordinatorResponse } from '@millrace/protocol/messages/find-coordinator';
import { HeartbeatRequest, HeartbeatResponse } from '@millrace/protocol/messages/heartbeat';
import { MetadataResponse } from '@millrace/protocol/messages/metadata';
import { describe, expect, it } from 'vitest';
import { UnsupportedVersionError } from '../errors.ts';
import { testSettings } from '../testing/cluster-settings.ts';
import { metadataAnswer, usualVersions } from '../testing/metadata-answer.ts';
import { ScriptedBroker, type Script } from '../testing/scripted-broker.ts';
import { defineApi } from './api.ts';
import { Cluster } from './cluster.ts';
import { retrying } from './retrying.ts';

const HEARTBEAT = defineApi(HeartbeatRequest, HeartbeatResponse);
const TOPIC_ID = 'AAAAAAAAAAAAAAAAAAAAAg';
const heartbeat = { groupId: 'g', generationId: 1, memberId: 'm' };
const group = { coordinatorOf: { type: 'group', key: 'g' } } as const;

/** Answers Metadata with the topic "orders"; everything else goes to `rest`. */
function withMetadata(broker: () => ScriptedBroker, rest: Script): Script {
  return (request) => {
    if (request.apiKey !== ApiKey.METADATA) return rest(request);
    const topics = [{ name: 'orders', topicId: TOPIC_ID, leaders: [0, 0] }];
    request.answer(MetadataResponse, metadataAnswer([broker().port], topics));
  };
}

async function start(rest: Script, settings: Parameters<typeof testSettings>[2] = {}) {
  const host = memoryHost();
  const broker: ScriptedBroker = await ScriptedBroker.start(
    host,
    usualVersions,
    withMetadata(() => broker, rest),
  );
  const cluster = new Cluster(testSettings(host, [broker.bootstrapServers], settings));
  return {
    host,
    broker,
    cluster,
    async [Symbol.asyncDispose]() {
      await cluster.close({ drain: false });
      await broker[Symbol.asyncDispose]();
    },
  };
}

describe('Cluster', () => {
  it('learns brokers and topics from the bootstrap address', async () => {
    await using test = await start(() => {});
    const topic = await test.cluster.refresher.topic('orders', {
      timeoutMs: 5000,
      limitedBy: 'max.block.ms',
    });
    expect(topic.partitions).toHaveLength(2);
    expect(test.cluster.leaderOf('orders', 1)).toEqual({ nodeId: 0, epoch: 0, topicId: TOPIC_ID });
    expect(test.cluster.metadata.topicNameOf(TOPIC_ID)).toBe('orders');
  });

  it('asks the next broker for metadata while the first one says nothing', async () => {
    const host = memoryHost();
    const two: ScriptedBroker[] = [];
    let silent = -1;
    for (const id of [0, 1]) {
      const answer: Script = (request) => {
        if (id === silent) return;
        const ports = two.map(({ port }) => port);
        request.answer(MetadataResponse, metadataAnswer(ports, [{ name: 'orders', topicId: TOPIC_ID }]));
      };
      two.push(await ScriptedBroker.start(host, usualVersions, answer));
    }
    const times = { requestTimeoutMs: 60_000, retryBackoffMaxMs: 20 };
    const cluster = new Cluster(testSettings(host, [two[0]!.bootstrapServers], times));
    await cluster.refresher.refresh();
    silent = 0;
    await cluster.refresher.refresh();
    expect(two[1]!.requests).toHaveLength(1);
    await cluster.close({ drain: false });
    for (const broker of two) await broker[Symbol.asyncDispose]();
  });

  it('finds the coordinator once and sends to it on a connection of its own', async () => {
    await using test = await start((request) => {
      if (request.apiKey === ApiKey.FIND_COORDINATOR) {
        const found = {
          key: 'g',
          nodeId: 0,
          host: '127.0.0.1',
          port: test.broker.port,
          errorCode: 0,
          errorMessage: null,
        };
        return request.answer(FindCoordinatorResponse, { throttleTimeMs: 0, coordinators: [found] });
      }
      request.answer(HeartbeatResponse, { throttleTimeMs: 0, errorCode: 0 });
    });
    for (let round = 0; round < 2; round++) {
      const { response } = await test.cluster.send({ to: group, api: HEARTBEAT, message: heartbeat });
      expect(response.errorCode).toBe(ErrorCode.NONE);
    }
    const lookups = test.broker.requests.filter(({ apiKey }) => apiKey === ApiKey.FIND_COORDINATOR);
    const beats = test.broker.requests.filter(({ apiKey }) => apiKey === ApiKey.HEARTBEAT);
    expect(lookups).toHaveLength(1);
    expect(beats[0]!.connection).not.toBe(lookups[0]!.connection);
    expect(beats[0]!.connection).toBe(beats[1]!.connection);
  });

  it('asks with an older ApiVersions when the broker does not know ours, from the next connection on at once', async () => {
    const asked: number[] = [];
    await using test = await start(() => {});
    test.broker.versions = undefined;
    const rest = test.broker.script;
    test.broker.script = (request) => {
      if (request.apiKey !== ApiKey.API_VERSIONS) return rest(request);
      asked.push(request.version);
      const ranges = [...usualVersions].map(([apiKey, [minVersion, maxVersion]]) => ({
        apiKey,
        minVersion,
        maxVersion: apiKey === ApiKey.API_VERSIONS ? 2 : maxVersion,
      }));
      if (request.version <= 2) return request.answer(ApiVersionsResponse, { errorCode: 0, apiKeys: ranges });
      // Header and body in version 0, whatever was asked for.
      const refusal = Buffer.from('000000100000000000230000000100120000000200', 'hex').subarray(0, 20);
      refusal.writeInt32BE(request.correlationId, 4);
      request.connection.write([refusal]);
    };
    await test.cluster.refresher.topic('orders', { timeoutMs: 5000, limitedBy: 'max.block.ms' });
    expect(asked).toEqual([4, 2]);
    for (const connection of test.broker.connections) connection.destroy();
    await test.cluster.refresher.refresh();
    expect(asked).toEqual([4, 2, 2]);
  });

  it('closes the connection of a request that times out, and rejects its neighbours as disconnected', async () => {
    await using test = await start(() => {});
    await test.cluster.refresher.refresh();
    const slow = test.cluster.send({ to: { nodeId: 0 }, api: HEARTBEAT, message: heartbeat, timeoutMs: 20 });
    const neighbour = test.cluster.send({ to: { nodeId: 0 }, api: HEARTBEAT, message: heartbeat });
    await expect(slow).rejects.toMatchObject({ code: 'ERR_CLIENT_REQUEST_TIMEOUT', retriable: true });
    await expect(neighbour).rejects.toMatchObject({ code: 'ERR_CLIENT_DISCONNECTED', retriable: true });
  });

  it('closes a connection whose answers do not match, and says so', async () => {
    await using test = await start((request) => {
      request.connection.write([Buffer.from('0000000a00000bad000000000000', 'hex')]);
    });
    await test.cluster.refresher.refresh();
    const answer = test.cluster.send({ to: { nodeId: 0 }, api: HEARTBEAT, message: heartbeat });
    const error: Error = await answer.then(
      () => new Error('answered'),
      (reason: Error) => reason,
    );
    expect(error).toMatchObject({ code: 'ERR_CLIENT_DISCONNECTED' });
    expect((error.cause as Error).message).toMatch(/correlation id 2989, expected \d+ \(Heartbeat\)/);
  });

  it('holds requests back for as long as the broker throttles, then goes on', async () => {
    await using test = await start((request) => {
      request.answer(HeartbeatResponse, { throttleTimeMs: 60, errorCode: 0 });
    });
    await test.cluster.refresher.refresh();
    // Before the answer that throttles: it may have been here for a while when its receiver goes on.
    const startedMs = test.host.clock.monotonicMs();
    await test.cluster.send({ to: { nodeId: 0 }, api: HEARTBEAT, message: heartbeat });
    await test.cluster.send({ to: { nodeId: 0 }, api: HEARTBEAT, message: heartbeat });
    expect(test.host.clock.monotonicMs() - startedMs).toBeGreaterThanOrEqual(50);
  });

  it('refuses a version that the broker does not have, before sending', async () => {
    await using test = await start(() => {});
    await test.cluster.refresher.refresh();
    const versions = { minVersion: 5 };
    await expect(
      test.cluster.send({ to: { nodeId: 0 }, api: HEARTBEAT, message: heartbeat, versions }),
    ).rejects.toMatchObject({ code: 'ERR_CLIENT_UNSUPPORTED_VERSION' });
    expect(test.broker.requests.every(({ apiKey }) => apiKey === ApiKey.METADATA)).toBe(true);
  });

  it('reconnects after a lost connection when asked again', async () => {
    let beats = 0;
    await using test = await start((request) => {
      if (++beats === 1) request.connection.destroy();
      else request.answer(HeartbeatResponse, { throttleTimeMs: 0, errorCode: 0 });
    });
    await test.cluster.refresher.refresh();
    const options = { operation: 'heartbeat', timeoutMs: 5000, limitedBy: 'the test' };
    await retrying(test.cluster, options, () =>
      test.cluster.send({ to: { nodeId: 0 }, api: HEARTBEAT, message: heartbeat }),
    );
    expect(beats).toBe(2);
  });

  it('settles everything pending when closed', async () => {
    const arrived = Promise.withResolvers<void>();
    await using test = await start(() => arrived.resolve());
    await test.cluster.refresher.refresh();
    const pending = test.cluster.send({ to: { nodeId: 0 }, api: HEARTBEAT, message: heartbeat });
    const rejected = expect(pending).rejects.toMatchObject({ code: 'ERR_CLIENT_DISCONNECTED' });
    await arrived.promise;
    await test.cluster.close({ drain: false });
    await rejected;
    await expect(test.cluster.send({ to: 'any', api: HEARTBEAT, message: heartbeat })).rejects.toMatchObject({
      code: 'ERR_CLIENT_CLOSED',
    });
  });

  it('stops waiting when the signal is aborted', async () => {
    await using test = await start(() => {});
    await test.cluster.refresher.refresh();
    const controller = new AbortController();
    const { signal } = controller;
    const pending = test.cluster.send({ to: { nodeId: 0 }, api: HEARTBEAT, message: heartbeat, signal });
    controller.abort(new Error('enough'));
    await expect(pending).rejects.toThrow('enough');
  });

  it('goes on looking for news by and by after brokers have refused it, whoever heard of that', async () => {
    const host = memoryHost();
    const refused = Promise.withResolvers<void>();
    const askedAgain = Promise.withResolvers<void>();
    let isOver = false;
    await using broker: ScriptedBroker = await ScriptedBroker.start(host, usualVersions, (request) => {
      if (isOver) askedAgain.resolve();
      request.answer(MetadataResponse, metadataAnswer([broker.port], []));
    });
    const warn: Logger['warn'] = (_, fields) => {
      if (fields?.['error'] instanceof UnsupportedVersionError) refused.resolve();
    };
    const logger = { ...silentLogger, warn };
    const settings = testSettings(host, [broker.bootstrapServers], { metadataMaxAgeMs: 10, logger });
    const cluster = new Cluster(settings);
    await cluster.refresher.refresh();
    broker.versions = new Map([[ApiKey.API_VERSIONS, [0, 4]]]);
    for (const connection of broker.connections) connection.destroy();
    await refused.promise;
    isOver = true;
    broker.versions = usualVersions;
    for (const connection of broker.connections) connection.destroy();
    await askedAgain.promise;
    await cluster.close({ drain: false });
  });
});
