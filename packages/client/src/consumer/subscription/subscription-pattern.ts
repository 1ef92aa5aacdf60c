/**
 * A regular expression that the broker resolves, in the syntax of RE2; it must match the whole name of a topic. Needs
 * `group.protocol=consumer`. A `RegExp` is resolved by the consumer instead, which asks for the names of all topics.
 */
export class SubscriptionPattern {
  readonly pattern: string;

  constructor(pattern: string) {
    this.pattern = pattern;
  }
}
