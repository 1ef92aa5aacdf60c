import { abortFenced } from './end-transaction.ts';
import type { Transaction, TransactionShard } from './transaction-shard.ts';

export function scheduleTimeouts(shard: TransactionShard): void {
  const intervalMs = shard.properties['transaction.abort.timed.out.transaction.cleanup.interval.ms'];
  shard.setTimer('timeouts', intervalMs, { type: 'timeouts' });
}

export function scheduleExpiry(shard: TransactionShard): void {
  const intervalMs = shard.properties['transaction.remove.expired.transaction.cleanup.interval.ms'];
  shard.setTimer('expiry', intervalMs, { type: 'expiry' });
}

/** Aborts transactions that are open for longer than their client allowed, and fences the client. */
export function abortTimedOut(shard: TransactionShard): void {
  scheduleTimeouts(shard);
  const nowMs = shard.now.wallMs;
  for (const transaction of shard.transactions.values()) {
    const { state, startTimestampMs, timeoutMs, producerId, producerEpoch } = transaction.metadata;
    if (state !== 'Ongoing' || transaction.pending !== undefined) continue;
    if (startTimestampMs + timeoutMs >= nowMs) continue;
    shard.log('Transaction timed out and is aborted', {
      transactionalId: transaction.id,
      producerId,
      producerEpoch,
      timeoutMs,
    });
    abortFenced(shard, transaction);
  }
}

/** Removes ids that nobody has used for `transactional.id.expiration.ms`. */
export function removeExpired(shard: TransactionShard): void {
  scheduleExpiry(shard);
  const expirationMs = shard.properties['transactional.id.expiration.ms'];
  for (const transaction of shard.transactions.values()) {
    if (transaction.pending !== undefined || !isIdle(transaction)) continue;
    if (transaction.metadata.lastUpdateTimestampMs + expirationMs > shard.now.wallMs) continue;
    shard.write(transaction, null, { type: 'removed' });
  }
}

function isIdle({ metadata: { state } }: Transaction): boolean {
  return state === 'Empty' || state === 'CompleteCommit' || state === 'CompleteAbort';
}
