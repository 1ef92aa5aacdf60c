import { silentLogger } from '@millrace/host';
import { describe, expect, it } from 'vitest';
import type { BrokerProperties } from './broker-properties.ts';
import { advertisedAddress, planListeners } from './listeners.ts';
import { parseBrokerProperties } from './parse-broker-properties.ts';

function plan(properties: BrokerProperties) {
  return planListeners(parseBrokerProperties(properties, silentLogger).config.values);
}

const named = { 'controller.listener.names': 'CONTROLLER' } as const;

describe('listeners', () => {
  it.each([
    [
      'PLAINTEXT://127.0.0.1:9092',
      { name: 'PLAINTEXT', host: '127.0.0.1', port: 9092, protocol: 'PLAINTEXT' },
    ],
    ['plaintext://:0', { name: 'PLAINTEXT', host: '', port: 0, protocol: 'PLAINTEXT' }],
    ['PLAINTEXT://[::1]:9092', { name: 'PLAINTEXT', host: '::1', port: 9092, protocol: 'PLAINTEXT' }],
    [
      'PLAINTEXT://kafka.example.com:1',
      { name: 'PLAINTEXT', host: 'kafka.example.com', port: 1, protocol: 'PLAINTEXT' },
    ],
  ])('understand %s', (text, address) => {
    expect(plan({ listeners: text }).brokers).toEqual([address]);
  });

  it.each([
    { listeners: 'PLAINTEXT://:9092,CONTROLLER://:9093' },
    {
      listeners: 'PLAINTEXT://:9092,CONTROLLER://:9093',
      'listener.security.protocol.map': 'CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT',
    },
  ])('are for controllers, or for everybody else (%o)', (properties) => {
    const { brokers, controllers } = plan({ ...properties, 'controller.listener.names': 'CONTROLLER' });
    expect(brokers.map(({ name }) => name)).toEqual(['PLAINTEXT']);
    expect(controllers).toEqual([{ name: 'CONTROLLER', host: '', port: 9093, protocol: 'PLAINTEXT' }]);
  });

  it.each([
    [{ listeners: '127.0.0.1:9092' }, 'must be NAME://HOST:PORT'],
    [{ listeners: 'PLAINTEXT://localhost:70000' }, 'must be NAME://HOST:PORT'],
    [{ listeners: 'PLAINTEXT://:1,PLAINTEXT://:2' }, 'has "PLAINTEXT" twice'],
    [{ listeners: 'OUTSIDE://:1' }, 'has no protocol for listener "OUTSIDE"'],
    [{ 'listener.security.protocol.map': 'PLAINTEXT:PLAIN' }, 'NAME:PROTOCOL with one of'],
    [
      { listeners: 'CONTROLLER://:1', 'controller.listener.names': 'CONTROLLER' },
      'names no listener for clients',
    ],
    [
      {
        listeners: 'SSL://:1,CONTROLLER://:2',
        'controller.listener.names': 'CONTROLLER',
      },
      'has no protocol for listener "CONTROLLER"',
    ],
    [
      { 'process.roles': 'controller', listeners: 'PLAINTEXT://:1,CONTROLLER://:2', ...named },
      'a node that is a controller only',
    ],
    [{ 'process.roles': 'controller', listeners: '' }, 'must name at least one'],
    [
      { 'process.roles': 'broker', listeners: 'PLAINTEXT://:1,CONTROLLER://:2', ...named },
      'must not have on a node that is a broker only',
    ],
    [{ 'process.roles': '' }, 'must name "broker", "controller" or both'],
    [{ 'advertised.listeners': 'OUTSIDE://h:1' }, 'which "listeners" does not have'],
    [{ 'advertised.listeners': 'PLAINTEXT://0.0.0.0:1' }, 'clients need a host and a port'],
    [{ 'advertised.listeners': 'PLAINTEXT://h:0' }, 'clients need a host and a port'],
  ])('refuse %o', (properties, problem) => {
    expect(() => plan(properties)).toThrow(problem);
  });

  it('advertise what was bound, unless told otherwise, and never a wildcard', () => {
    const advertised = (properties: BrokerProperties) => {
      const planned = plan(properties);
      const { host, port } = advertisedAddress(planned, planned.brokers[0]!, 1234);
      return `${host}:${port}`;
    };
    expect(advertised({ listeners: 'PLAINTEXT://127.0.0.1:0' })).toBe('127.0.0.1:1234');
    expect(advertised({ listeners: 'PLAINTEXT://0.0.0.0:0' })).toBe('localhost:1234');
    expect(advertised({ 'advertised.listeners': 'PLAINTEXT://h:9' })).toBe('h:9');
  });
});
