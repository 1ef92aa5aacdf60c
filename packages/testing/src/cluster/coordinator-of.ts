import type { TestCluster } from './test-cluster.ts';
import type { TestClusterNode } from './test-cluster-node.ts';

/** As `clusterProperties` has it for every internal topic. */
const PARTITIONS = 3;

/** The node that coordinates a group (`__consumer_offsets`) or a transactional id (`__transaction_state`) now. */
export async function coordinatorOf(
  cluster: TestCluster,
  internalTopic: string,
  id: string,
): Promise<TestClusterNode> {
  const node = await cluster.leaderOf(internalTopic, Math.abs(javaHash(id)) % PARTITIONS);
  if (node === undefined) throw new Error(`Nobody coordinates ${id}`);
  return node;
}

/** `String.hashCode` of Java, for ASCII. */
function javaHash(text: string): number {
  let hash = 0;
  for (const character of text) hash = (Math.imul(hash, 31) + character.codePointAt(0)!) | 0;
  return hash;
}
