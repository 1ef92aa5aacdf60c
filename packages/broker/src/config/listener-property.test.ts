import { silentLogger } from '@millrace/host';
import { describe, expect, test } from 'vitest';
import { recordingLogger } from '../testing/test-broker.ts';
import type { BrokerProperties } from './broker-properties.ts';
import { listenerProperties } from './listener-property.ts';
import { parseBrokerProperties } from './parse-broker-properties.ts';

function reauthMs(properties: BrokerProperties, mechanism?: string): number {
  const { config } = parseBrokerProperties(properties, silentLogger);
  return listenerProperties(config.values, 'OUTSIDE', mechanism)['connections.max.reauth.ms'];
}

describe('a property for one listener', () => {
  test('wins over that of the node, and one for a mechanism over both', () => {
    const node = { 'connections.max.reauth.ms': '1' };
    const listener = { ...node, 'listener.name.outside.connections.max.reauth.ms': '2' };
    const mechanism = { ...listener, 'listener.name.outside.scram-sha-256.connections.max.reauth.ms': '3' };
    expect(reauthMs(node)).toBe(1);
    expect(reauthMs(listener, 'PLAIN')).toBe(2);
    expect(reauthMs(mechanism, 'SCRAM-SHA-256')).toBe(3);
    expect(reauthMs(mechanism, 'PLAIN')).toBe(2);
  });

  test('is checked like any other, without showing a secret', () => {
    expect(() => reauthMs({ 'listener.name.outside.ssl.client.auth': 'perhaps' })).toThrow(
      'none, requested, required',
    );
  });

  test('that nobody knows only causes a warning', () => {
    const { logger, lines } = recordingLogger();
    parseBrokerProperties({ 'listener.name.outside.connections.max.reauth': '2' }, logger);
    expect(lines).toMatchObject([{ level: 'warn', message: 'Unknown property is ignored' }]);
  });
});
