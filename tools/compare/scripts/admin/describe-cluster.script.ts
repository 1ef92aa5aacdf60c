import { describeCluster } from '../../src/apis.ts';
import type { CompareScript } from '../../src/script.ts';

export const script: CompareScript = {
  name: 'describe-cluster',
  title: 'DescribeCluster in every version: brokers, controllers on a broker port, an unknown endpoint type.',
  async run(peer) {
    for (const version of peer.versions(describeCluster)) {
      const ask = (label: string, endpointType?: number) =>
        peer.ask(label, describeCluster, version, {
          includeClusterAuthorizedOperations: true,
          ...(endpointType === undefined ? {} : { endpointType }),
        });
      await ask('as it is');
      if (version < 1) continue;
      await ask('brokers', 1);
      await ask('controllers', 2);
      await ask('unknown type', 9);
    }
  },
};
