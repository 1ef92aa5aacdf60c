/** What is known of an API without its messages. */
export interface ApiDescription {
  readonly apiKey: number;
  /** Kafka's name, for example `OffsetForLeaderEpoch`. */
  readonly name: string;
  readonly minVersion: number;
  /** -1 when Kafka 4.0 removed the API. */
  readonly maxVersion: number;
  readonly flexibleFrom: number;
  readonly latestVersionUnstable: boolean;
  /** Who serves it: `broker`, `controller`. */
  readonly listeners: readonly string[];
}
