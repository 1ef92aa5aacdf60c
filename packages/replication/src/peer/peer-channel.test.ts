import { nodeHost, silentLogger, Simulation, type Host, type SocketAddress } from '@millrace/host';
import {
  DescribeClusterRequest,
  DescribeClusterResponse,
} from '@millrace/protocol/messages/describe-cluster';
import { describe, expect, test } from 'vitest';
import { PeerTimeoutError, PeerUnavailableError } from '../errors.ts';
import { RequestServer, servedApi } from '../testing/request-server.ts';
import { peerApi } from './peer-api.ts';
import { PeerChannel } from './peer-channel.ts';
import { PeerChannels } from './peer-channels.ts';

const DESCRIBE = peerApi(DescribeClusterRequest, DescribeClusterResponse);
const QUESTION = { includeClusterAuthorizedOperations: false };
const ANYWHERE: SocketAddress = { host: '127.0.0.1', port: 0 };

type Answer = (asked: number) => Promise<number | undefined> | number | undefined;

/** Answers with a controller id, of which `answer` decides by the number of the question. */
function server(answer: Answer): RequestServer {
  let asked = 0;
  return new RequestServer([
    servedApi(DescribeClusterRequest, DescribeClusterResponse, async () => {
      const controllerId = await answer(++asked);
      if (controllerId === undefined) return undefined;
      return {
        throttleTimeMs: 0,
        errorCode: 0,
        clusterId: 'c',
        controllerId,
        brokers: [],
        clusterAuthorizedOperations: 0,
      };
    }),
  ]);
}

function channelTo(
  host: Host,
  address: () => SocketAddress | undefined,
  requestTimeoutMs = 2000,
): PeerChannel {
  return new PeerChannel({ host, logger: silentLogger, clientId: 'test', requestTimeoutMs, address });
}

async function ask(channel: PeerChannel): Promise<number> {
  return (await channel.send(DESCRIBE, QUESTION)).controllerId;
}

function simulated(body: (host: Host, simulation: Simulation) => Promise<void>): () => Promise<void> {
  return () => {
    const simulation = new Simulation({ seed: 'peer' });
    return simulation.run(() => body(simulation.host('node'), simulation));
  };
}

describe('a channel to another node', () => {
  test('carries requests over a real socket, many at once, each answer to its question', async () => {
    const host = nodeHost();
    const peer = server((asked) => asked);
    const address = await peer.listen(host, ANYWHERE);
    const channel = channelTo(host, () => address);
    try {
      const answers = await Promise.all(Array.from({ length: 100 }, () => ask(channel)));
      expect(answers).toEqual(Array.from({ length: 100 }, (_, index) => index + 1));
      expect(peer.connections.size).toBe(1);
    } finally {
      channel.close();
      await peer.close();
    }
  });

  test(
    'is opened again after the peer was gone, and a loop of attempts waits between them',
    simulated(async (host, simulation) => {
      const address = { host: '127.0.0.1', port: 9093 };
      const channel = channelTo(host, () => address);
      let failures = 0;
      const answer = (async () => {
        for (;;) {
          try {
            return await ask(channel);
          } catch (error) {
            expect(error).toBeInstanceOf(PeerUnavailableError);
            failures++;
          }
        }
      })();
      await simulation.sleep(10_000);
      expect(failures).toBeGreaterThan(8);
      expect(failures).toBeLessThan(40);
      await server(() => 7).listen(host, address);
      expect(await answer).toBe(7);
    }),
  );

  test(
    'without a known address fails, and waits like any other failure',
    simulated(async (host, simulation) => {
      let address: SocketAddress | undefined;
      const channel = channelTo(host, () => address);
      await expect(ask(channel)).rejects.toThrow('its address is not known');
      const startedMs = simulation.nowMs;
      await expect(ask(channel)).rejects.toBeInstanceOf(PeerUnavailableError);
      expect(simulation.nowMs - startedMs).toBeGreaterThan(10);
      address = await server(() => 5).listen(host, ANYWHERE);
      expect(await ask(channel)).toBe(5);
    }),
  );

  test(
    'a question without an answer times out, its neighbours lose the connection, later ones get a new one',
    simulated(async (host, simulation) => {
      const peer = server((asked) => (asked === 2 ? new Promise<number>(() => {}) : asked));
      const address = await peer.listen(host, ANYWHERE);
      const channel = channelTo(host, () => address);
      const first = ask(channel);
      const hanging = ask(channel).catch((error: unknown) => error);
      expect(await first).toBe(1);
      await simulation.sleep(1000);
      const neighbour = ask(channel).catch((error: unknown) => error);
      expect(await hanging).toBeInstanceOf(PeerTimeoutError);
      expect(await neighbour).toBeInstanceOf(PeerUnavailableError);
      expect(await ask(channel)).toBe(3);
    }),
  );

  test(
    'a caller that gives up leaves the answers of others in order',
    simulated(async (host, simulation) => {
      const peer = server(async (asked) => {
        await simulation.sleep(10);
        return asked;
      });
      const address = await peer.listen(host, ANYWHERE);
      const channel = channelTo(host, () => address);
      const controller = new AbortController();
      const first = ask(channel);
      const given = channel.send(DESCRIBE, QUESTION, {
        signals: [new AbortController().signal, controller.signal],
      });
      const third = ask(channel);
      await simulation.sleep(5);
      controller.abort(new Error('enough'));
      await expect(given).rejects.toThrow('enough');
      expect([await first, await third]).toEqual([1, 3]);
    }),
  );

  test(
    'what is not an answer ends the connection',
    simulated(async (host) => {
      const listener = await host.network.listen(ANYWHERE, (connection) => {
        const onData = (): void => void connection.write([Buffer.from('HTTP/1.1 400\r\n')]);
        connection.start({ onData, onDrain: () => {}, onClose: () => {} });
      });
      const channel = channelTo(host, () => listener.address);
      await expect(ask(channel)).rejects.toThrow('has sent something else than an answer');
    }),
  );

  test(
    'a request that cannot be written fails alone',
    simulated(async (host) => {
      const peer = server((asked) => asked);
      const address = await peer.listen(host, ANYWHERE);
      const channel = channelTo(host, () => address);
      const wrong = channel.send(DESCRIBE, { ...QUESTION, endpointType: 1000 });
      await expect(wrong).rejects.toThrow('DescribeClusterRequest');
      expect(await ask(channel)).toBe(1);
    }),
  );

  test(
    'closed, it rejects what is under way and everything after',
    simulated(async (host) => {
      const peer = server(() => new Promise<number>(() => {}));
      const address = await peer.listen(host, ANYWHERE);
      const channel = channelTo(host, () => address);
      const pending = ask(channel);
      channel.close();
      await expect(pending).rejects.toBeInstanceOf(PeerUnavailableError);
      await expect(ask(channel)).rejects.toThrow('this node is stopping');
    }),
  );
});

test(
  'channels by node id follow a node to its new address',
  simulated(async (host) => {
    const addresses = new Map<number, SocketAddress>();
    for (const id of [1, 2]) addresses.set(id, await server(() => id).listen(host, ANYWHERE));
    const channels = new PeerChannels({
      host,
      logger: silentLogger,
      clientId: 'test',
      requestTimeoutMs: 1000,
      addressOf: (nodeId) => addresses.get(nodeId),
    });
    expect([await ask(channels.to(1)), await ask(channels.to(2))]).toEqual([1, 2]);
    addresses.set(1, await server(() => 11).listen(host, ANYWHERE));
    expect(await ask(channels.to(1))).toBe(11);
    channels.close();
    await expect(ask(channels.to(3))).rejects.toBeInstanceOf(PeerUnavailableError);
  }),
);
