import { KafkaError } from '@millrace/protocol';
import type { NodeChannels } from './node-channels.ts';

/** For a node that is its own cluster: there is nobody to ask. */
export const noOtherNodes: NodeChannels = {
  to: (nodeId) => ({
    send: () => Promise.reject(new KafkaError('BROKER_NOT_AVAILABLE', `There is no node ${nodeId}`)),
  }),
};
