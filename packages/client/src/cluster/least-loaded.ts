import type { BrokerNode } from './broker-node.ts';

/**
 * The nodes in the order in which to try a request that any of them can answer: open and idle first, then open with
 * the fewest in flight, then connecting, then those that may be tried at once (longest untried first), then those in
 * back-off by what is left of it.
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
  if (node.isReady) return 0;
  if (node.isConnecting && node.backoffLeftMs === 0) return 1;
  return node.backoffLeftMs === 0 ? 2 : 3;
}
