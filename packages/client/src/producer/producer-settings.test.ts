import { InvalidPropertyError } from '@millrace/config';
import { describe, expect, it } from 'vitest';
import { Producer } from './producer.ts';
import { producerProperties, type ProducerProperties } from './producer-properties.ts';
import { producerSettings } from './producer-settings.ts';

const servers = { 'bootstrap.servers': '127.0.0.1:9092' };

function settings(properties: ProducerProperties = {}) {
  return producerSettings(producerProperties.parse({ ...servers, ...properties }));
}

describe('producer settings', () => {
  it('are those of Kafka by default', () => {
    expect(settings()).toMatchObject({
      acks: -1,
      isIdempotent: true,
      batchSizeBytes: 16_384,
      lingerMs: 5,
      isLingerExplicit: false,
      bufferMemoryBytes: 33_554_432,
      maxInFlight: 5,
      deliveryTimeoutMs: 120_000,
    });
  });

  it.each([
    [{ acks: '1' }, 'needs acks=all, but acks is 1'],
    [{ retries: 0 }, 'needs retries, but retries is 0'],
    [
      { 'max.in.flight.requests.per.connection': 6 },
      'allows at most 5 in flight, but max.in.flight.requests.per.connection is 6',
    ],
  ] satisfies [ProducerProperties, string][])(
    'switch idempotence off silently for %j, but not when it was asked for',
    (properties, problem) => {
      expect(settings(properties).isIdempotent).toBe(false);
      expect(() => settings({ ...properties, 'enable.idempotence': true })).toThrow(problem);
    },
  );

  it('refuse a delivery time-out that a single request may exceed', () => {
    expect(() => settings({ 'delivery.timeout.ms': 1000 })).toThrow(
      'Property "delivery.timeout.ms" is 1000, but must be at least linger.ms + request.timeout.ms, which is 30005',
    );
    expect(settings({ 'request.timeout.ms': 200_000 }).deliveryTimeoutMs).toBe(200_005);
  });

  it('take text as well as values', () => {
    expect(settings({ 'linger.ms': '20', 'enable.idempotence': 'false' })).toMatchObject({
      lingerMs: 20,
      isLingerExplicit: true,
      isIdempotent: false,
    });
  });

  it('refuse what makes no sense where it is written', () => {
    const make = (properties: ProducerProperties) => () => new Producer({ ...servers, ...properties });
    expect(make({ 'compression.type': 'brotli' })).toThrow(InvalidPropertyError);
    expect(() => new Producer({})).toThrow(/Property "bootstrap.servers" is required/);
    expect(make({ 'bootstrap.servers': 'localhost' })).toThrow(/entry "localhost", which is not host:port/);
    expect(make({ 'bootstrap.servers': '' })).toThrow(/is empty; give at least one host:port/);
  });

  it('refuse what would be silently missing: encryption and transactions', () => {
    const make = (properties: object) => () => new Producer({ ...servers, ...properties });
    expect(make({ 'security.protocol': 'SASL_SSL' })).toThrow(
      'Property "sasl.mechanism" is not set, but security.protocol is SASL_SSL',
    );
    expect(make({ 'transactional.id': 'payments', acks: 1 })).toThrow(
      /Property "transactional.id" is set, which needs acks=all/,
    );
  });
});
