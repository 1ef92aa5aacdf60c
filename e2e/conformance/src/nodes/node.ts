/** Which broker a suite is run against. */
export type Against = 'kafka' | 'millrace';

export interface NodeListener {
  readonly name: string;
  readonly protocol: 'PLAINTEXT' | 'SSL' | 'SASL_PLAINTEXT' | 'SASL_SSL';
  readonly port: number;
}

/** What a suite expects of the node it finds. Properties by Kafka's names, understood by both brokers. */
export interface NodeRequirements {
  /** The first one is what a suite of ours connects to. They are advertised as `localhost`. */
  readonly listeners: readonly NodeListener[];
  readonly properties: Readonly<Record<string, string>>;
}

export interface RunningNode extends AsyncDisposable {
  readonly against: Against;
  readonly bootstrapServers: string;
  /** Where the node keeps its partitions. */
  readonly dataDirectory: string;
}
