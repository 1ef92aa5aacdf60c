import { freePort } from '@millrace/free-ports';
import type { NodeRequirements } from '../nodes/node.ts';

/** A node with one open listener, few partitions of internal topics, and an authorizer that lets everybody do everything. */
export async function plainNode(properties: NodeRequirements['properties'] = {}): Promise<NodeRequirements> {
  return {
    listeners: [{ name: 'PLAINTEXT', protocol: 'PLAINTEXT', port: await freePort() }],
    properties: {
      'authorizer.class.name': 'org.apache.kafka.metadata.authorizer.StandardAuthorizer',
      'super.users': 'User:ANONYMOUS',
      'offsets.topic.num.partitions': '3',
      'transaction.state.log.num.partitions': '3',
      ...properties,
    },
  };
}
