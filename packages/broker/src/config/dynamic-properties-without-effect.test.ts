import { expect, it } from 'vitest';
import { brokerProperties } from './broker-properties.ts';
import { dynamicNamesWithoutEffect } from './dynamic-properties-without-effect.ts';

it('names nothing that has an effect', () => {
  expect(dynamicNamesWithoutEffect.filter((name) => brokerProperties.has(name))).toEqual([]);
});
