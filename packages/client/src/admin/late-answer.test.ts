import { memoryHost } from '@millrace/host';
import { ApiKey, ErrorCode } from '@millrace/protocol';
import { CreateTopicsResponse } from '@millrace/protocol/messages/create-topics';
import { MetadataResponse } from '@millrace/protocol/messages/metadata';
import { expect, it } from 'vitest';
import { metadataAnswer, usualVersions } from '../testing/metadata-answer.ts';
import { ScriptedBroker } from '../testing/scripted-broker.ts';
import { Admin } from './admin.ts';

it('a call whose time is up while it tries again tells why the try before failed', async () => {
  const host = memoryHost();
  let tries = 0;
  await using broker: ScriptedBroker = await ScriptedBroker.start(host, usualVersions, (request) => {
    if (request.apiKey === ApiKey.METADATA)
      return request.answer(MetadataResponse, metadataAnswer([broker.port], []));
    if (tries++ > 0) return;
    const topics = [{ name: 'orders', errorCode: ErrorCode.REQUEST_TIMED_OUT }];
    request.answer(CreateTopicsResponse, { throttleTimeMs: 0, topics });
  });
  await using admin = new Admin({ 'bootstrap.servers': broker.bootstrapServers }, { host });
  const created = admin.createTopics([{ name: 'orders' }], { timeoutMs: 500 });
  await expect(created).rejects.toThrow(/did not finish within 500 ms .*REQUEST_TIMED_OUT/);
  expect(tries).toBe(2);
});
