import { describe, expect, test } from 'vitest';
import { parseVersionRange, versionCondition } from './version-range.ts';

describe('a version range', () => {
  const within = { min: 2, max: 9 };

  test('is one version, two ends, or open at the end', () => {
    expect(parseVersionRange('4', within)).toEqual({ min: 4, max: 4 });
    expect(parseVersionRange('4-6', within)).toEqual({ min: 4, max: 6 });
    expect(parseVersionRange('4+', within)).toEqual({ min: 4, max: 9 });
  });

  test.each(['1', '9-10', '6-4', '', 'x', '4-', '-4'])('cannot be %j', (text) => {
    expect(() => parseVersionRange(text, within)).toThrow();
  });
});

describe('the condition for a range', () => {
  const outer = { min: 2, max: 9 };

  test.each([
    [{ min: 2, max: 9 }, undefined],
    [{ min: 3, max: 9 }, 'version >= 3'],
    [{ min: 2, max: 5 }, 'version <= 5'],
    [{ min: 3, max: 5 }, 'version >= 3 && version <= 5'],
    [{ min: 4, max: 4 }, 'version === 4'],
  ])('%j inside of 2-9 is %j', (inner, condition) => {
    expect(versionCondition(inner, outer)).toBe(condition);
  });
});
