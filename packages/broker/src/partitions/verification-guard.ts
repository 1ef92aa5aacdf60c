/**
 * Proof that the transaction coordinator was asked about a producer's transaction on a partition. Good for the
 * transaction it was asked about only: a marker in between makes it worthless.
 */
export class VerificationGuard {
  readonly producerId: number;
  readonly producerEpoch: number;
  /** Does every end of a transaction raise the epoch of this producer? Then its first sequence is known to be 0. */
  readonly raisesEpoch: boolean;
  /** The lowest first sequence of the batches that wait for the answer. */
  lowestSequence: number;

  constructor(producerId: number, producerEpoch: number, raisesEpoch: boolean, lowestSequence: number) {
    this.producerId = producerId;
    this.producerEpoch = producerEpoch;
    this.raisesEpoch = raisesEpoch;
    this.lowestSequence = lowestSequence;
  }
}
