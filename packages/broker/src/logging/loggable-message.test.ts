import { ApiKey } from '@millrace/protocol';
import { expect, it } from 'vitest';
import { loggableMessage } from './loggable-message.ts';

it('shows of bytes the length, and of long lists the beginning', () => {
  const topics = Array.from({ length: 102 }, (_, index) => ({ name: `t${index}` }));
  const message = { authBytes: Buffer.from('token'), records: [Buffer.alloc(3)], none: null, topics };
  const shown = loggableMessage(ApiKey.SASL_AUTHENTICATE, message) as { topics: unknown[] };
  expect(shown).toMatchObject({ authBytes: '[5 bytes]', records: ['[3 bytes]'], none: null });
  expect(shown.topics).toHaveLength(101);
  expect(shown.topics.at(-1)).toBe('[2 more]');
});

it('hides values of secret properties, and of unknown ones that sound like it', () => {
  const configs = [
    { name: 'ssl.key.password', value: 'a' },
    { name: 'listener.name.internal.ssl.keystore.password', value: 'b' },
    { name: 'my.secret.thing', value: 'c' },
    { name: 'retention.ms', value: '1000' },
  ];
  expect(loggableMessage(ApiKey.INCREMENTAL_ALTER_CONFIGS, { resources: [{ configs }] })).toEqual({
    resources: [
      {
        configs: [
          { name: 'ssl.key.password', value: '[hidden]' },
          { name: 'listener.name.internal.ssl.keystore.password', value: '[hidden]' },
          { name: 'my.secret.thing', value: '[hidden]' },
          { name: 'retention.ms', value: '1000' },
        ],
      },
    ],
  });
});
