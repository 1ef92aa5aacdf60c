import { apiVersions } from '../../src/apis.ts';
import type { CompareScript } from '../../src/script.ts';

export const script: CompareScript = {
  name: 'api-versions',
  title:
    'ApiVersions in every version: which APIs and versions there are, which features, and clients without a name.',
  async run(peer) {
    for (const version of peer.versions(apiVersions)) {
      const ask = async (label: string, clientSoftwareName: string) => {
        // Fields a version lacks are left out of it.
        const answer = await peer.quietly(apiVersions, version, {
          clientSoftwareName,
          clientSoftwareVersion: '1',
        });
        peer.note(`${label}, v${version}`, {
          errorCode: answer.errorCode,
          apis: answer.apiKeys.map(({ apiKey, minVersion, maxVersion }) => ({
            apiKey,
            minVersion,
            maxVersion,
          })),
          supported: answer.supportedFeatures,
          finalized: answer.finalizedFeatures,
        });
      };
      await ask('as it is', 'compare');
      if (version >= 3) await ask('a name with spaces', 'no spaces please');
      if (version >= 3) await ask('no name', '');
    }
  },
};
