import { expect, describe, it } from 'vitest';
import { ListenError, InvalidConfigurationError } from '../errors.ts';
import { BrokerState } from '../metrics/metric-snapshot.ts';
import { FailingDiskHost } from '../testing/failing-disk.ts';
import { append, createTopic } from '../testing/requests.ts';
import { TestBroker } from '../testing/test-broker.ts';
import { readiness, type HealthSources } from './health.ts';

const listener = { 'metrics.listener': 'http://127.0.0.1:0' };

async function ask(server: TestBroker, path: string): Promise<{ status: number; body: unknown }> {
  const { host, port } = server.broker.metricsAddress!;
  const response = await fetch(`http://${host}:${port}${path}`);
  return { status: response.status, body: await response.json() };
}

describe('the health endpoint', () => {
  it('says that a node is alive and ready, and why it no longer is', async () => {
    const disk = new FailingDiskHost();
    await using server = await TestBroker.start(listener, disk.host);
    const connection = await server.connect();
    await createTopic(connection, 'orders');
    expect(await ask(server, '/health/live')).toEqual({ status: 200, body: { status: 'up' } });
    expect(await ask(server, '/health/ready')).toEqual({
      status: 200,
      body: {
        status: 'ready',
        checks: {
          broker: { status: 'up' },
          logDirectories: { status: 'up' },
          groupCoordinator: { status: 'up' },
          transactionCoordinator: { status: 'up' },
          shareCoordinator: { status: 'up' },
        },
      },
    });
    disk.failure = 'EIO';
    await expect(append(connection, 'orders', ['lost'])).rejects.toThrow('KAFKA_STORAGE_ERROR');
    const { status, body } = await ask(server, '/health/ready');
    expect(status).toBe(503);
    expect(body).toMatchObject({
      status: 'not ready',
      checks: { logDirectories: { status: 'down', reason: 'offline: /data' } },
    });
    expect((await ask(server, '/health/live')).status).toBe(200);
    disk.failure = undefined;
  });

  it('knows no other address, and closes with the broker', async () => {
    const server = await TestBroker.start(listener);
    expect((await ask(server, '/')).status).toBe(404);
    await server[Symbol.asyncDispose]();
    await expect(ask(server, '/health/live')).rejects.toThrow('fetch failed');
  });

  it('is not there unless it is asked for', async () => {
    await using server = await TestBroker.start();
    expect(server.broker.metricsAddress).toBeUndefined();
  });

  it('fails the start when its address is taken, and leaves nothing open', async () => {
    await using first = await TestBroker.start(listener);
    const { port } = first.broker.metricsAddress!;
    const taken = { 'metrics.listener': `http://127.0.0.1:${port}` };
    const error = await TestBroker.start(taken).catch((cause: unknown) => cause);
    expect(error).toBeInstanceOf(ListenError);
    expect((error as Error).message).toBe(
      `Address 127.0.0.1:${port} is in use by another process; stop it or choose another port in "metrics.listener"`,
    );
  });

  it.each(['9404', 'https://127.0.0.1:9404', 'http://127.0.0.1', 'http://127.0.0.1:99999', 'http://a b:1'])(
    'does not take %s for an address',
    async (address) => {
      await expect(TestBroker.start({ 'metrics.listener': address })).rejects.toThrow(
        InvalidConfigurationError,
      );
    },
  );
});

describe('readiness', () => {
  const running: HealthSources = { state: BrokerState.RUNNING, logs: { directories: [] }, coordinators: {} };

  it.each([
    ['while log directories are opened', undefined, 'the log directories are being opened'],
    [
      'while the metadata log is replayed',
      { ...running, state: BrokerState.STARTING },
      'the metadata log is being replayed',
    ],
    [
      'while the broker stops',
      { ...running, state: BrokerState.SHUTTING_DOWN },
      'the broker is shutting down',
    ],
  ])('is not given %s', (_when, sources, reason) => {
    const { isReady, checks } = readiness(sources);
    expect(isReady).toBe(false);
    expect(checks['broker']).toEqual({ isOk: false, reason });
  });

  it('is not given while a coordinator loads, or has failed to', () => {
    const coordinators = { groupCoordinator: ['available', 'loading', 'failed'] } as const;
    const { isReady, checks } = readiness({ ...running, coordinators });
    expect(isReady).toBe(false);
    expect(checks['groupCoordinator']!.reason).toBe('of 3 partitions 1 are loading, 1 cannot be read');
  });
});
