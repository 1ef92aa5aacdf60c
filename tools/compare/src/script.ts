import type { Peer } from './peer.ts';

/** A difference that is understood and stays. One that no longer shows up fails the comparison, so that the list stays true. */
export interface KnownDifference {
  /** The label of the step with its version (`good, v7`); `*` stands for any text. */
  readonly step: string;
  /** The field as the report prints it, for example `topics[0].errorCode`; `*` stands for any text. */
  readonly field: string;
  readonly reason: string;
  /** It depends on the names of the run: sometimes there is none. */
  readonly isByChance?: boolean;
}

/** A sequence of requests that both peers get in the same order. */
export interface CompareScript {
  /** Kebab-case, also the file name. */
  readonly name: string;
  /** One sentence: the behaviour that is compared. */
  readonly title: string;
  /**
   * Node properties the script needs; scripts with the same ones share a pair of nodes. Names in `log.dirs` and
   * `metadata.log.dir` are below a folder of each node's own.
   */
  readonly properties?: Readonly<Record<string, string>>;
  /** The script speaks to the controller as brokers do: with `on: 'controller'`. */
  readonly hasController?: boolean;
  readonly known?: readonly KnownDifference[];
  run(peer: Peer): Promise<void>;
}
