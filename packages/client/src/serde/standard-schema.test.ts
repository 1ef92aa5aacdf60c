import { expect, test } from 'vitest';
import { z } from 'zod';
import { serdes } from './built-in-serdes.ts';
import type { SerdeContext } from './serde.ts';
import { ValidationError } from './serde-errors.ts';
import { standardSchema } from './standard-schema.ts';

const context: SerdeContext = { topic: 't', part: 'value', headers: [] };

const payment = z.object({
  amount: z.number().positive(),
  at: z.iso.datetime().transform((text) => new Date(text)),
});

test('what a validator makes of the bytes is what the consumer gets; what it was given is on the wire', () => {
  const serde = standardSchema(payment);
  const bytes = serde.serialize({ amount: 5, at: '2026-01-01T00:00:00Z' }, context) as Buffer;
  expect(bytes.toString()).toBe('{"amount":5,"at":"2026-01-01T00:00:00Z"}');
  expect(serde.deserialize(bytes, context)).toEqual({ amount: 5, at: new Date('2026-01-01T00:00:00Z') });
});

test('a refusal lists what is wrong and where, in both directions', () => {
  const serde = standardSchema(payment);
  const refused = expect.objectContaining({
    code: 'ERR_CLIENT_VALIDATION',
    vendor: 'zod',
    issues: [{ message: expect.any(String), path: ['amount'] }],
  });
  expect(() => serde.serialize({ amount: -5, at: '2026-01-01T00:00:00Z' }, context)).toThrow(refused);
  const bytes = Buffer.from('{"amount":"5","at":"2026-01-01T00:00:00Z"}');
  expect(() => serde.deserialize(bytes, context)).toThrow(refused);
});

test('the bytes may be those of another serde', () => {
  const serde = standardSchema(z.string().min(2), serdes.string());
  expect(serde.serialize('ab', context)).toEqual(Buffer.from('ab'));
  expect(() => serde.deserialize(Buffer.from('a'), context)).toThrow(ValidationError);
});

test('a validator that takes its time makes a promise, and so does its refusal', async () => {
  const even = z.number().refine((number) => Promise.resolve(number % 2 === 0), 'is odd');
  const slow = {
    '~standard': {
      version: 1,
      vendor: 'slow',
      validate: async (value: unknown) => {
        const found = await even.safeParseAsync(value);
        return found.success ? { value: found.data } : { issues: found.error.issues };
      },
    },
  } as const;
  const serde = standardSchema(slow);
  const bytes = serde.serialize(4, context);
  expect(bytes).toBeInstanceOf(Promise);
  expect(await serde.deserialize(await bytes, context)).toBe(4);
  await expect(serde.serialize(5, context)).rejects.toThrow('The validator (slow) refused it: is odd');
});
