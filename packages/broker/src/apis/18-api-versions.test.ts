import { ApiKey, ErrorCode } from '@millrace/protocol';
import {
  ApiVersionsRequest,
  ApiVersionsResponse,
  type ApiVersionsRequestInput,
} from '@millrace/protocol/messages/api-versions';
import { describe, expect, it } from 'vitest';
import { TestBroker } from '../testing/test-broker.ts';
import { allApis } from './all-apis.ts';

const software = { clientSoftwareName: 'millrace', clientSoftwareVersion: '0.1.0' };

async function ask(server: TestBroker, version: number, message: ApiVersionsRequestInput = software) {
  const connection = await server.connect();
  return connection.send({ request: ApiVersionsRequest, response: ApiVersionsResponse, version, message });
}

describe('ApiVersions', () => {
  it.each([0, 1, 2, 3, 4])('lists every API that has a handler, in version %i', async (version) => {
    await using server = await TestBroker.start({ 'client.metrics.enable': true });
    const { errorCode, apiKeys } = await ask(server, version);
    expect(errorCode).toBe(ErrorCode.NONE);
    expect(apiKeys.map(({ apiKey, maxVersion }) => [apiKey, maxVersion])).toEqual(
      allApis.map(({ key, maxVersion }) => [key, maxVersion]),
    );
  });

  it('keeps silent about client metrics unless somebody wants them (KIP-714)', async () => {
    await using server = await TestBroker.start();
    const { apiKeys } = await ask(server, 4);
    const quiet: number[] = [ApiKey.GET_TELEMETRY_SUBSCRIPTIONS, ApiKey.PUSH_TELEMETRY];
    expect(apiKeys.filter(({ apiKey }) => quiet.includes(apiKey))).toEqual([]);
  });

  it('tells the feature levels of the cluster from version 3 on', async () => {
    await using server = await TestBroker.start();
    const response = await ask(server, 3);
    expect(response.supportedFeatures).toMatchObject([
      { name: 'metadata.version', minVersion: 7, maxVersion: 30 },
    ]);
    expect(response.finalizedFeatures).toMatchObject([
      { name: 'metadata.version', minVersionLevel: 30, maxVersionLevel: 30 },
      { name: 'eligible.leader.replicas.version', minVersionLevel: 1, maxVersionLevel: 1 },
      { name: 'group.version', minVersionLevel: 1, maxVersionLevel: 1 },
      { name: 'share.version', minVersionLevel: 1, maxVersionLevel: 1 },
      { name: 'streams.version', minVersionLevel: 1, maxVersionLevel: 1 },
      { name: 'transaction.version', minVersionLevel: 2, maxVersionLevel: 2 },
    ]);
    expect(response.finalizedFeaturesEpoch).toBeGreaterThan(0);
  });

  it.each(['', '-a', 'a b', 'a.'])('refuses "%s" as the name of a client', async (clientSoftwareName) => {
    await using server = await TestBroker.start();
    const response = await ask(server, 3, { ...software, clientSoftwareName });
    expect(response).toMatchObject({ errorCode: ErrorCode.INVALID_REQUEST, apiKeys: [] });
  });
});
