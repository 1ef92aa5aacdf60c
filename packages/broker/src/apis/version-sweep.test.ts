import { ApiKey } from '@millrace/protocol';
import { expect, test } from 'vitest';
import { TestBroker } from '../testing/test-broker.ts';
import { allApis } from './all-apis.ts';

/** What a request needs, besides defaults, to be answered at once. */
const wanted: Readonly<Record<number, object>> = {
  [ApiKey.PRODUCE]: { acks: -1 },
  [ApiKey.API_VERSIONS]: { clientSoftwareName: 'test', clientSoftwareVersion: '1' },
};

test('answers an empty request of every API in every version with something its clients can decode', async () => {
  await using server = await TestBroker.start();
  for (const { key, minVersion, maxVersion, request, response } of allApis) {
    for (let version = minVersion; version <= maxVersion; version++) {
      const connection = await server.connect();
      const message = { ...request.create(), ...wanted[key] };
      const sent = { request, response, version, message };
      const answer = connection.send(sent);
      await expect(answer, `${request.name} version ${version}`).resolves.toBeTypeOf('object');
      connection.destroy();
    }
  }
  expect(server.complaints).toEqual([]);
});
