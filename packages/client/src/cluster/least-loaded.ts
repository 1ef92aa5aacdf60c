import type { BrokerNode } from './broker-node.ts';

/**
 * The nodes in the order in which to try a request that any of them can answer: open and idle first, then open with
 * the fewest in flight, then connecting, then those that may be tried at once (longest untried first), then those in
 * back-off by what is left of it.
 *
 * Those in doubt come after those that may be tried at once: 1. A leader is cut off; what was sent to it times out.
 * 2. The producer connects to it again, which the network does not refuse. 3. Who asks for the new leader must not wait
 * for that connection.
 */
export function leastLoaded(nodes: Iterable<BrokerNode>): BrokerNode[] {
  return [...nodes].toSorted((a, b) => {
    const byRank = rank(a) - rank(b);
    if (byRank !== 0) return byRank;
    if (a.isReady) return a.pendingCount - b.pendingCount;
    if (a.backoffLeftMs !== b.backoffLeftMs) return a.backoffLeftMs - b.backoffLeftMs;
    // Written out because both may be -Infinity, whose difference is not a number.
    if (a.lastAttemptAtMs === b.lastAttemptAtMs) return 0;
    return a.lastAttemptAtMs < b.lastAttemptAtMs ? -1 : 1;
  });
}

function rank(node: BrokerNode): number {
  if (node.isReady) return node.isInDoubt ? 3 : 0;
  if (node.backoffLeftMs > 0) return 5;
  if (node.isInDoubt) return 4;
  return node.isConnecting ? 1 : 2;
}
