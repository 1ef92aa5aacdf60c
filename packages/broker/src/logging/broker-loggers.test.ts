import { memoryHost, type Network } from '@millrace/host';
import { ErrorCode } from '@millrace/protocol';
import {
  IncrementalAlterConfigsRequest,
  IncrementalAlterConfigsResponse,
} from '@millrace/protocol/messages/incremental-alter-configs';
import { describe, expect, it } from 'vitest';
import { BrokerNode } from '../broker-node.ts';
import type { RawConnection } from '../testing/raw-connection.ts';
import { append, createTopic } from '../testing/requests.ts';
import { recordingLogger, TestBroker } from '../testing/test-broker.ts';
import { BrokerLoggers } from './broker-loggers.ts';

const BROKER_LOGGER = 8;

async function setLevel(connection: RawConnection, name: string, value: string): Promise<void> {
  const { responses } = await connection.send({
    request: IncrementalAlterConfigsRequest,
    response: IncrementalAlterConfigsResponse,
    version: 1,
    message: {
      resources: [
        { resourceType: BROKER_LOGGER, resourceName: '1', configs: [{ name, configOperation: 0, value }] },
      ],
      validateOnly: false,
    },
  });
  expect(responses[0]!.errorCode).toBe(ErrorCode.NONE);
}

describe('levels', () => {
  it('hold for the logger, and for those below that have none of their own', () => {
    const { logger, lines } = recordingLogger();
    const loggers = new BrokerLoggers(logger, 'WARN');
    loggers.setLevel('kafka', 'INFO');
    loggers.setLevel('kafka.network', 'ERROR');
    for (const name of ['kafka.log', 'kafka.network', 'kafka.coordinator.group'] as const) {
      loggers.of(name).debug('debug');
      loggers.of(name).info('info');
      loggers.of(name).error('error');
    }
    expect(lines.map(({ message, fields }) => `${String(fields['logger'])} ${message}`)).toEqual([
      'kafka.log info',
      'kafka.log error',
      'kafka.network error',
      'kafka.coordinator.group info',
      'kafka.coordinator.group error',
    ]);
    loggers.setLevel('kafka.network', undefined);
    expect(loggers.levels().get('kafka.network')).toBe('INFO');
    expect(loggers.levels().get('root')).toBe('WARN');
  });

  it('of the request log go back to WARN, whatever the root logger has', () => {
    const loggers = new BrokerLoggers(recordingLogger().logger, 'TRACE');
    expect(loggers.levels().get('kafka.request.logger')).toBe('WARN');
    loggers.setLevel('kafka.request.logger', 'TRACE');
    loggers.setLevel('kafka.request.logger', undefined);
    expect(loggers.levels().get('kafka.request.logger')).toBe('WARN');
  });
});

describe('a logger that throws', () => {
  const broken = {
    debug() {},
    info() {
      throw new Error('no space for a line');
    },
    warn() {},
    error() {},
  };

  it('fails the start of a broker, which then does not listen', async () => {
    const host = memoryHost();
    const properties = { listeners: 'PLAINTEXT://127.0.0.1:0', 'log.dirs': '/data' };
    let port = 0;
    const network: Network = {
      connect: (address, options) => host.network.connect(address, options),
      async listen(address, onConnection, options) {
        const listener = await host.network.listen(address, onConnection, options);
        port = listener.address.port;
        return listener;
      },
    };
    await expect(
      BrokerNode.start(properties, { host: { ...host, network }, logger: broken }),
    ).rejects.toThrow('no space for a line');
    await expect(host.network.connect({ host: '127.0.0.1', port })).rejects.toMatchObject({
      code: 'ECONNREFUSED',
    });
    // The directory is free again.
    const again = await BrokerNode.start(properties, { host });
    await again.close();
  });

  it('loses its lines later on, and nothing else', () => {
    const loggers = new BrokerLoggers(broken, 'INFO');
    expect(() => loggers.of('kafka.server').info('line')).toThrow('no space for a line');
    loggers.guard();
    loggers.of('kafka.server').info('line');
  });
});

describe('the request log', () => {
  it('has a line for each request at DEBUG, and its fields without payloads at TRACE', async () => {
    await using server = await TestBroker.start();
    const connection = await server.connect();
    await createTopic(connection, 'orders');
    await append(connection, 'orders', ['quiet']);
    await setLevel(connection, 'kafka.request.logger', 'DEBUG');
    await append(connection, 'orders', ['with a line']);
    await setLevel(connection, 'kafka.request.logger', 'TRACE');
    await append(connection, 'orders', ['top secret']);
    await setLevel(connection, 'kafka.request.logger', 'WARN');
    const lines = server.lines.filter(({ fields }) => fields['logger'] === 'kafka.request.logger');
    expect(lines.map(({ fields }) => fields['api'])).toEqual([
      'IncrementalAlterConfigs',
      'Produce',
      'IncrementalAlterConfigs',
      'Produce',
    ]);
    expect(lines[1]!.fields).toMatchObject({
      api: 'Produce',
      version: 9,
      listener: 'PLAINTEXT',
      principal: 'User:ANONYMOUS',
    });
    expect(lines[1]!.fields['totalMs']).toBeGreaterThan(0);
    expect(lines[1]!.fields).not.toHaveProperty('request');
    const traced = JSON.stringify(lines[3]!.fields);
    expect(traced).toContain('"name":"orders"');
    expect(traced).toContain('"baseOffset":2');
    expect(traced).toMatch(/"records":"\[\d+ bytes\]"/);
    expect(traced).not.toContain('secret');
  });
});

describe('the log of slow requests', () => {
  it('names those over the threshold, once a second, and nobody who merely waits', async () => {
    await using server = await TestBroker.start({ 'slow.request.threshold.ms': 0 });
    const connection = await server.connect();
    await createTopic(connection, 'orders');
    await append(connection, 'orders', ['a']);
    const slow = server.lines.filter(({ fields }) => fields['logger'] === 'kafka.request.slow');
    expect(slow).toHaveLength(1);
    expect(slow[0]).toMatchObject({
      level: 'warn',
      fields: { api: 'CreateTopics', thresholdMs: 0, unreportedBefore: 0 },
    });
  });

  it('is silent below the threshold', async () => {
    await using server = await TestBroker.start({ 'slow.request.threshold.ms': 30_000 });
    await createTopic(await server.connect(), 'orders');
    expect(server.complaints).toEqual([]);
  });
});
