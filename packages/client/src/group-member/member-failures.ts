/** What has gone wrong with a membership, for the polls of the application to throw. */
export class MemberFailures {
  readonly #onFailure: () => void;
  #failure: Error | undefined;
  #refusal: Error | undefined;

  /** @param onFailure called when a poll should look */
  constructor(onFailure: () => void) {
    this.#onFailure = onFailure;
  }

  /** The next poll throws it; further ones until then are dropped, since they follow from the first as a rule. */
  fail(error: Error): void {
    this.#failure ??= error;
    this.#onFailure();
  }

  /** For good: every poll throws it until the application unsubscribes. */
  refuse(error: Error): void {
    this.#refusal = error;
    this.#onFailure();
  }

  throwIfAny(): void {
    const failure = this.#failure ?? this.#refusal;
    this.#failure = undefined;
    if (failure !== undefined) throw failure;
  }

  clear(): void {
    this.#failure = undefined;
    this.#refusal = undefined;
  }
}
