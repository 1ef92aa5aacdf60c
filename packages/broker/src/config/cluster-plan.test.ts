import { silentLogger } from '@millrace/host';
import { describe, expect, it } from 'vitest';
import type { BrokerProperties } from './broker-properties.ts';
import { planCluster } from './cluster-plan.ts';
import { planListeners } from './listeners.ts';
import { parseBrokerProperties } from './parse-broker-properties.ts';

function plan(properties: BrokerProperties) {
  const { config, nodeId } = parseBrokerProperties(properties, silentLogger);
  return planCluster(config.values, nodeId, planListeners(config.values));
}

const combined = {
  listeners: 'PLAINTEXT://:1,CONTROLLER://:2',
  'controller.listener.names': 'CONTROLLER',
  'controller.quorum.voters': '1@127.0.0.1:2,2@[::1]:4',
} as const;
const brokerOnly = {
  ...combined,
  'process.roles': 'broker',
  listeners: 'PLAINTEXT://:1',
  'node.id': 7,
} as const;

describe('the place of a node in its cluster', () => {
  it('is a cluster of its own where nobody else is named', () => {
    expect(plan({})).toMatchObject({ isBroker: true, isController: true, isAlone: true });
    expect(plan({}).controllerListener).toBeUndefined();
    expect(plan({ listeners: 'SSL://:1' }).interBrokerListener).toBe('SSL');
  });

  it.each([
    ['/elsewhere', 'Missing entries : /elsewhere'],
    ['/a,/a/', 'Missing entries : /a/'],
    ['*,/a', 'must not contain other values'],
  ])('does not cordon directories that it has not: %s', (cordoned, reason) => {
    expect(() => plan({ 'log.dirs': '/a,/b', 'cordoned.log.dirs': cordoned })).toThrow(reason);
  });

  it.each(['', '/a', '/b,/a', '*'])('cordons directories of its own: "%s"', (cordoned) => {
    expect(plan({ 'log.dirs': '/a,/b', 'cordoned.log.dirs': cordoned }).isAlone).toBe(true);
  });

  it('is one of several voters', () => {
    const { voters, isAlone, controllerListener, interBrokerListener } = plan(combined);
    expect([...voters]).toEqual([
      [1, { host: '127.0.0.1', port: 2 }],
      [2, { host: '::1', port: 4 }],
    ]);
    expect([isAlone, controllerListener, interBrokerListener]).toEqual([false, 'CONTROLLER', 'PLAINTEXT']);
  });

  it('is a broker that follows controllers, or a controller that has no brokers of its own', () => {
    expect(plan(brokerOnly)).toMatchObject({ isBroker: true, isController: false, isAlone: false });
    const properties = { ...combined, 'process.roles': 'controller', listeners: 'CONTROLLER://:2' };
    expect(plan(properties)).toMatchObject({
      isBroker: false,
      isController: true,
      interBrokerListener: undefined,
    });
  });

  it('may be told by the metadata log who votes', () => {
    const { 'controller.quorum.voters': _voters, ...rest } = combined;
    const { bootstrapServers, voters, isAlone } = plan({
      ...rest,
      'controller.quorum.bootstrap.servers': 'one:9093,[::1]:9093',
    });
    expect([bootstrapServers, voters.size, isAlone]).toEqual([
      [
        { host: 'one', port: 9093 },
        { host: '::1', port: 9093 },
      ],
      0,
      false,
    ]);
  });

  it.each([
    [{ ...brokerOnly, 'controller.quorum.voters': '' }, 'must know the controllers'],
    [{ ...combined, 'node.id': 3 }, 'but not this controller, which is node 3'],
    [{ ...brokerOnly, 'node.id': 2 }, 'which is this one, and a broker only'],
    [{ ...combined, listeners: 'PLAINTEXT://:1' }, 'must name at least one of "listeners"'],
    [{ ...brokerOnly, 'controller.listener.names': '' }, 'by which the controllers are reached'],
    [{ ...combined, 'controller.quorum.voters': '1:2' }, 'must be ID@HOST:PORT'],
    [{ ...combined, 'controller.quorum.voters': '1@h:2,1@h:3' }, 'has node 1 twice'],
    [{ ...combined, 'controller.quorum.voters': '1@h:70000' }, 'must be HOST:PORT'],
    [{ ...combined, 'inter.broker.listener.name': 'INSIDE' }, 'none of the listeners PLAINTEXT'],
    [
      { ...combined, 'inter.broker.listener.name': 'PLAINTEXT', 'security.inter.broker.protocol': 'SSL' },
      'are both set',
    ],
  ])('refuses %o', (properties, problem) => {
    expect(() => plan(properties)).toThrow(problem);
  });
});
