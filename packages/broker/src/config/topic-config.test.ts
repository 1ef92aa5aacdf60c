import { silentLogger } from '@millrace/host';
import { logProperties } from '@millrace/log';
import { describe, expect, it } from 'vitest';
import type { BrokerProperties } from './broker-properties.ts';
import { ConfigSource } from './config-source.ts';
import { parseBrokerProperties } from './parse-broker-properties.ts';
import { topicConfigNames, topicConfigValue, topicLogConfig } from './topic-config.ts';

function brokerOf(properties: BrokerProperties) {
  return parseBrokerProperties(properties, silentLogger).config;
}

const none: ReadonlyMap<string, string> = new Map();

describe('the configuration of a topic', () => {
  it('has the same defaults through the broker as a log has by itself', () => {
    expect(topicLogConfig(none, brokerOf({}))).toEqual(logProperties.parse({}).values);
  });

  it.each([
    [{ 'log.retention.hours': '1' }, '3600000'],
    [{ 'log.retention.hours': '1', 'log.retention.minutes': '2' }, '120000'],
    [{ 'log.retention.hours': '1', 'log.retention.minutes': '2', 'log.retention.ms': '3' }, '3'],
    [{ 'log.retention.hours': '-1' }, '-1'],
    [{ 'log.retention.ms': '-1' }, '-1'],
  ])('takes the finest unit that is set: %o', (properties, retentionMs) => {
    const { value, source } = topicConfigValue('retention.ms', none, brokerOf(properties));
    expect([value, source]).toEqual([retentionMs, ConfigSource.STATIC_BROKER]);
  });

  it('prefers topic over broker over cluster over file over default', () => {
    const broker = brokerOf({ 'log.segment.bytes': 2000000 });
    const overrides = new Map([['segment.bytes', '5000000']]);
    const value = (topicOverrides = none) => topicConfigValue('segment.bytes', topicOverrides, broker).value;
    expect(value()).toBe('2000000');
    broker.setDynamic(new Map([['log.segment.bytes', '3000000']]), new Map());
    expect(value()).toBe('3000000');
    broker.setDynamic(
      new Map([['log.segment.bytes', '3000000']]),
      new Map([['log.segment.bytes', '4000000']]),
    );
    expect(value()).toBe('4000000');
    expect(value(overrides)).toBe('5000000');
    expect(topicConfigValue('segment.bytes', overrides, broker).synonyms.map(({ source }) => source)).toEqual(
      [1, 2, 3, 4, 5],
    );
    expect(broker.values['log.segment.bytes']).toBe(4000000);
    broker.setDynamic(new Map(), new Map());
    expect(broker.values['log.segment.bytes']).toBe(2000000);
  });

  it('has a broker property behind everything that Kafka has one for', () => {
    const withoutBroker = topicConfigNames(none).filter(
      (name) => topicConfigValue(name, none, brokerOf({})).synonyms.length === 0,
    );
    expect(withoutBroker).toEqual([
      'follower.replication.throttled.replicas',
      'leader.replication.throttled.replicas',
      'local.retention.bytes',
      'local.retention.ms',
      'remote.log.copy.disable',
      'remote.log.delete.on.disable',
      'remote.storage.enable',
      // These come from hours of the node, which Kafka does not list (see listedSynonyms).
      'retention.ms',
      'segment.jitter.ms',
      'segment.ms',
    ]);
  });
});
