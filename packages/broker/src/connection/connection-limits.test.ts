import { Simulation } from '@millrace/host';
import { ErrorCode } from '@millrace/protocol';
import { ApiVersionsRequest, ApiVersionsResponse } from '@millrace/protocol/messages/api-versions';
import { describe, expect, it } from 'vitest';
import { MetadataRequest, MetadataResponse } from '@millrace/protocol/messages/metadata';
import { brokerProperties } from '../config/broker-properties.ts';
import { alterQuotas } from '../testing/quotas.ts';
import { quotaEntity, quotaEntityKey, type ClientQuotas } from '../quota/client-quota.ts';
import { TestBroker } from '../testing/test-broker.ts';
import { ConnectionLimits, type Admission } from './connection-limits.ts';

function limitsWith(properties: Readonly<Record<string, unknown>>, quotas: ClientQuotas = new Map()) {
  const clock = { nowMs: () => 0, monotonicMs: () => clock.time, time: 0 };
  const config = brokerProperties.parse(properties).values;
  return {
    clock,
    limits: new ConnectionLimits({ host: { clock }, config: () => config, quotas: () => quotas }),
  };
}

function quotaOf(address: string | null, perSec: number): ClientQuotas {
  const entity = quotaEntity([{ entityType: 'ip', entityName: address }]);
  return new Map([
    [quotaEntityKey(entity), { entity, values: new Map([['connection_creation_rate', perSec]]) }],
  ]);
}

const versions = {
  request: ApiVersionsRequest,
  response: ApiVersionsResponse,
  version: 3,
  message: { clientSoftwareName: 'test', clientSoftwareVersion: '1' },
} as const;

const reasonOf = (admission: Admission) => (admission.type === 'refused' ? admission.reason : 'admitted');

describe('ConnectionLimits', () => {
  it('counts all connections, and those of each address', () => {
    const { limits } = limitsWith({
      'max.connections': 3,
      'max.connections.per.ip': 1,
      'max.connections.per.ip.overrides': '10.0.0.2:2, fe80::1:0',
    });
    expect(reasonOf(limits.admit('10.0.0.1'))).toBe('admitted');
    expect(reasonOf(limits.admit('10.0.0.1'))).toBe('max.connections.per.ip is reached');
    expect(reasonOf(limits.admit('fe80:0::1'))).toBe('max.connections.per.ip is reached');
    expect(reasonOf(limits.admit('10.0.0.2'))).toBe('admitted');
    expect(reasonOf(limits.admit('::ffff:10.0.0.2'))).toBe('admitted');
    expect(reasonOf(limits.admit('10.0.0.3'))).toBe('max.connections is reached');
    limits.release('10.0.0.1');
    expect(reasonOf(limits.admit('10.0.0.3'))).toBe('admitted');
  });

  it('spreads new connections over time when there are more than the rate allows', () => {
    const { limits, clock } = limitsWith({
      'max.connection.creation.rate': 10,
      'quota.window.num': 2,
    });
    const delays = Array.from({ length: 14 }, () => {
      const admission = limits.admit('10.0.0.1');
      return admission.type === 'admitted' ? admission.delayMs : -1;
    });
    expect(delays.slice(0, 10)).toEqual(Array(10).fill(0));
    expect(delays.slice(10)).toEqual([100, 200, 300, 400]);
    clock.time = 5000;
    expect(limits.admit('10.0.0.1')).toEqual({ type: 'admitted', delayMs: 0 });
  });

  it.each([
    ['its own', quotaOf('10.0.0.1', 1)],
    ['that of any address', quotaOf(null, 1)],
  ])('refuses an address above its rate, %s; what is refused does not count', (_what, quotas) => {
    const { limits, clock } = limitsWith({ 'quota.window.num': 2 }, quotas);
    expect(reasonOf(limits.admit('10.0.0.1'))).toBe('admitted');
    for (let attempt = 0; attempt < 5; attempt++) {
      expect(limits.admit('10.0.0.1')).toEqual({
        type: 'refused',
        reason: 'connection_creation_rate of its address is exceeded',
        delayMs: 1000,
      });
    }
    clock.time = 2000;
    expect(reasonOf(limits.admit('10.0.0.1'))).toBe('admitted');
  });

  it('refuses overrides that cannot be read', () => {
    expect(() => brokerProperties.parse({ 'max.connections.per.ip.overrides': '10.0.0.1' })).toThrow(
      'ADDRESS:COUNT',
    );
  });
});

describe('a broker with as many connections as it may have', () => {
  it('still lets nodes in, where they have a listener of their own', async () => {
    await using server = await TestBroker.start({
      listeners: 'PLAINTEXT://127.0.0.1:0,BROKERS://127.0.0.1:0,CONTROLLER://127.0.0.1:0',
      'listener.security.protocol.map': 'PLAINTEXT:PLAINTEXT,BROKERS:PLAINTEXT,CONTROLLER:PLAINTEXT',
      'inter.broker.listener.name': 'BROKERS',
      'controller.listener.names': 'CONTROLLER',
      'max.connections': 1,
    });
    await (await server.connect()).send(versions);
    await (
      await server.connect()
    ).closed;
    for (const listener of ['BROKERS', 'CONTROLLER'])
      expect((await (await server.connect(listener)).send(versions)).errorCode).toBe(ErrorCode.NONE);
  });
});

describe('a broker with a rate of connections', () => {
  const metadata = {
    request: MetadataRequest,
    response: MetadataResponse,
    version: 9,
    message: { topics: [] },
  } as const;

  it('closes connections of an address that has used up its quota, not at once but when it may come again', async () => {
    const simulation = new Simulation({ seed: 'connections' });
    const host = simulation.host('node-1');
    await simulation.run(async () => {
      await using server = await TestBroker.start({ 'quota.window.num': 2 }, host);
      const admin = await server.connect();
      await alterQuotas(admin, { ip: null }, { connection_creation_rate: 2 });
      const served = [await server.connect(), await server.connect()];
      for (const connection of served) await connection.send(metadata);
      const refused = await server.connect();
      const beganMs = host.clock.monotonicMs();
      await refused.closed;
      expect(host.clock.monotonicMs() - beganMs).toBeGreaterThan(400);
      await (await server.connect()).send(metadata);
    });
  });

  it('serves connections above the rate later', async () => {
    const simulation = new Simulation({ seed: 'connections' });
    const host = simulation.host('node-1');
    await simulation.run(async () => {
      const properties = { 'quota.window.num': 2, 'max.connection.creation.rate': 2 };
      await using server = await TestBroker.start(properties, host);
      const beganMs = host.clock.monotonicMs();
      const connections = [];
      for (let count = 0; count < 6; count++) connections.push(await server.connect());
      const answeredMs = await Promise.all(
        connections.map(async (connection) => {
          await connection.send(metadata);
          return host.clock.monotonicMs() - beganMs;
        }),
      );
      expect(answeredMs[1]).toBeLessThan(200);
      expect(answeredMs[5]).toBeGreaterThan(1900);
      expect(answeredMs[5]).toBeLessThan(2500);
    });
  });
});
