import { describe, expect, it } from 'vitest';
import { parseOffsetResetPolicy, resetTimestamp } from './offset-reset-policy.ts';

describe('auto.offset.reset', () => {
  it.each([
    ['latest', { type: 'latest' }],
    ['EARLIEST', { type: 'earliest' }],
    ['none', { type: 'none' }],
    ['by_duration:PT24H', { type: 'by_duration', durationMs: 86_400_000 }],
    ['by_duration:P1DT2H3M4.5S', { type: 'by_duration', durationMs: 93_784_500 }],
    ['by_duration:PT0S', { type: 'by_duration', durationMs: 0 }],
  ])('reads %s', (text, policy) => {
    expect(parseOffsetResetPolicy(text)).toEqual(policy);
  });

  it.each([
    '',
    'newest',
    'by_duration:',
    'by_duration:P',
    'by_duration:PT',
    'by_duration:1h',
    'by_duration:-PT1H',
  ])('refuses "%s"', (text) => {
    expect(() => parseOffsetResetPolicy(text)).toThrow('one of latest, earliest, none, by_duration');
  });

  it('becomes a timestamp to ask for', () => {
    expect(resetTimestamp({ type: 'earliest' }, 5000)).toBe(-2);
    expect(resetTimestamp({ type: 'latest' }, 5000)).toBe(-1);
    expect(resetTimestamp({ type: 'by_duration', durationMs: 2000 }, 5000)).toBe(3000);
    expect(resetTimestamp({ type: 'by_duration', durationMs: 9000 }, 5000)).toBe(0);
    expect(resetTimestamp({ type: 'none' }, 5000)).toBeUndefined();
  });
});
