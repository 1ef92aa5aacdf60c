import { Simulation, type Host } from '@millrace/host';
import { ApiKey, ErrorCode } from '@millrace/protocol';
import { ApiVersionsRequest, ApiVersionsResponse } from '@millrace/protocol/messages/api-versions';
import { MetadataResponse } from '@millrace/protocol/messages/metadata';
import { describe, expect, it } from 'vitest';
import { testSettings } from '../testing/cluster-settings.ts';
import { metadataAnswer, usualVersions } from '../testing/metadata-answer.ts';
import { ScriptedBroker, type ScriptedRequest } from '../testing/scripted-broker.ts';
import { Cluster } from './cluster.ts';

/** A scripted cluster on one machine, whose brokers listen where the test says. */
class ScriptedCluster {
  readonly brokers: ScriptedBroker[] = [];
  clusterId = 'cluster';
  /** Counts connections by the ApiVersions that each begins with. */
  handshakes = 0;
  readonly host: Host;

  constructor(host: Host) {
    this.host = host;
  }

  async add(): Promise<ScriptedBroker> {
    const broker = await ScriptedBroker.start(this.host, undefined, (request) => this.#answer(request));
    this.brokers.push(broker);
    return broker;
  }

  #answer(request: ScriptedRequest): void {
    if (request.apiKey === ApiKey.API_VERSIONS) return this.#answerVersions(request);
    const topics = [{ name: 'orders', topicId: 'AAAAAAAAAAAAAAAAAAAAAg' }];
    const answer = metadataAnswer(
      this.brokers.map(({ port }) => port),
      topics,
    );
    request.answer(MetadataResponse, { ...answer, clusterId: this.clusterId });
  }

  #answerVersions(request: ScriptedRequest): void {
    this.handshakes++;
    const { clusterId } = request.body(ApiVersionsRequest);
    const isOther = clusterId !== null && clusterId !== this.clusterId;
    const errorCode = isOther ? ErrorCode.REBOOTSTRAP_REQUIRED : ErrorCode.NONE;
    const apiKeys = [...usualVersions].map(([apiKey, [minVersion, maxVersion]]) => ({
      apiKey,
      minVersion,
      maxVersion,
    }));
    request.answer(ApiVersionsResponse, { errorCode, apiKeys });
  }
}

function inSimulation(
  body: (simulation: Simulation, servers: ScriptedCluster) => Promise<void>,
): Promise<void> {
  const simulation = new Simulation({ seed: 1 });
  return simulation.run(() => body(simulation, new ScriptedCluster(simulation.host('client'))));
}

describe('BrokerPool', () => {
  it('goes on with the bootstrap connection where it is one of the brokers', () =>
    inSimulation(async (_, servers) => {
      const broker = await servers.add();
      const cluster = new Cluster(testSettings(servers.host, [broker.bootstrapServers]));
      await cluster.refresher.refresh();
      await cluster.refresher.refresh();
      expect(servers.handshakes).toBe(1);
      expect(cluster.ready(0, 'general')).toBeDefined();
      await cluster.close();
    }));

  it('tries the other bootstrap addresses when one is dead', () =>
    inSimulation(async (_, servers) => {
      const broker = await servers.add();
      for (const addresses of [
        ['127.0.0.1:1', broker.bootstrapServers],
        [broker.bootstrapServers, '127.0.0.1:1'],
      ]) {
        const cluster = new Cluster(testSettings(servers.host, addresses));
        await cluster.refresher.refresh();
        expect(cluster.metadata.brokers).toHaveLength(1);
        await cluster.close();
      }
    }));

  it('goes back to the bootstrap addresses when all brokers have moved away (KIP-899)', () =>
    inSimulation(async (_, servers) => {
      const [old, stable] = [await servers.add(), await servers.add()];
      servers.brokers.pop();
      const cluster = new Cluster(testSettings(servers.host, [stable.bootstrapServers]));
      await cluster.refresher.refresh();
      expect(cluster.metadata.brokers.map(({ port }) => port)).toEqual([old.port]);
      await old[Symbol.asyncDispose]();
      servers.brokers[0] = stable;
      await cluster.refresher.refresh();
      expect(cluster.metadata.brokers.map(({ port }) => port)).toEqual([stable.port]);
      await cluster.close();
    }));

  it('starts again from the bootstrap addresses when a broker says that it is of another cluster (KIP-1242)', () =>
    inSimulation(async (_, servers) => {
      const broker = await servers.add();
      const cluster = new Cluster(testSettings(servers.host, [broker.bootstrapServers]));
      await cluster.refresher.refresh();
      servers.clusterId = 'another';
      for (const connection of broker.connections) connection.destroy();
      await cluster.refresher.refresh();
      expect(cluster.metadata.clusterId).toBe('another');
      await cluster.close();
    }));

  it('forgets the brokers after metadata.recovery.rebootstrap.trigger.ms without metadata (KIP-1102)', () =>
    inSimulation(async (simulation, servers) => {
      const broker = await servers.add();
      const settings = { rebootstrapTriggerMs: 10_000, retryBackoffMs: 100, retryBackoffMaxMs: 1000 };
      const cluster = new Cluster(testSettings(servers.host, [broker.bootstrapServers], settings));
      await cluster.refresher.refresh();
      await broker[Symbol.asyncDispose]();
      const refreshed = cluster.refresher.refresh().catch((error: unknown) => error);
      await simulation.sleep(5000);
      expect(cluster.metadata.brokers).toHaveLength(1);
      await simulation.sleep(10_000);
      expect(cluster.metadata.brokers).toHaveLength(0);
      await cluster.close();
      expect(await refreshed).toMatchObject({ code: 'ERR_CLIENT_CLOSED' });
    }));

  it('backs off from a broker that is not there, up to the maximum', () =>
    inSimulation(async (simulation, servers) => {
      const broker = await servers.add();
      const pauses = { reconnectBackoffMs: 50, reconnectBackoffMaxMs: 1000, retryBackoffMs: 1 };
      const cluster = new Cluster(testSettings(servers.host, [broker.bootstrapServers], pauses));
      await cluster.refresher.refresh();
      await broker[Symbol.asyncDispose]();
      const refreshed = cluster.refresher.refresh().catch((error: unknown) => error);
      const stepsBefore = simulation.steps;
      await simulation.sleep(60_000);
      // About one try per second and address, each a handful of events.
      expect(simulation.steps - stepsBefore).toBeLessThan(1500);
      await cluster.close();
      await refreshed;
    }));
});
