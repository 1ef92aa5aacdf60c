/** The broker properties that the transaction coordinator reads, by Kafka's names. Asked anew for each use. */
export interface TransactionProperties {
  readonly 'transaction.max.timeout.ms': number;
  readonly 'transactional.id.expiration.ms': number;
  readonly 'transaction.abort.timed.out.transaction.cleanup.interval.ms': number;
  readonly 'transaction.remove.expired.transaction.cleanup.interval.ms': number;
}
