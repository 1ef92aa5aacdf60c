import { silentLogger } from '@millrace/host';
import { describe, expect, it } from 'vitest';
import type { BrokerProperties } from './broker-properties.ts';
import { parseBrokerProperties } from './parse-broker-properties.ts';

function replicasOf(properties: BrokerProperties) {
  const { values } = parseBrokerProperties(properties, silentLogger).config;
  return [
    values['offsets.topic.replication.factor'],
    values['transaction.state.log.replication.factor'],
    values['transaction.state.log.min.isr'],
    values['share.coordinator.state.topic.replication.factor'],
    values['share.coordinator.state.topic.min.isr'],
  ];
}

describe('replicas of internal topics, where nothing is said about them', () => {
  it('are one on a node that is a cluster of its own', () => {
    expect(replicasOf({})).toEqual([1, 1, 1, 1, 1]);
  });

  it('are those of Kafka on a node that is part of a cluster', () => {
    expect(replicasOf({ 'controller.quorum.voters': '1@a:1,2@b:1,3@c:1' })).toEqual([3, 3, 2, 3, 2]);
    expect(replicasOf({ 'controller.quorum.bootstrap.servers': 'a:1' })).toEqual([3, 3, 2, 3, 2]);
  });

  it('are what the user says, there as well', () => {
    const properties = {
      'controller.quorum.voters': '1@a:1,2@b:1',
      'offsets.topic.replication.factor': 2,
      'transaction.state.log.min.isr': 1,
    };
    expect(replicasOf(properties)).toEqual([2, 3, 1, 3, 2]);
  });
});
