import { KafkaError } from '@millrace/protocol';
import { partitionDirectoryName } from '../files/partition-directory-name.ts';
import type { PartitionLog } from '../partition/partition-log.ts';
import type { DirectoryLogs, NewPartition } from './directory-logs.ts';

/** Where a partition is to be made. */
export interface NewPartitionPlace {
  /** The id of a directory. Default: the directory with the fewest partitions. */
  readonly directoryId?: string;
}

/** Which of the directories partitions go to when nobody says where. */
export interface DirectoryChoice {
  readonly isFor: (directory: DirectoryLogs) => boolean;
  /** Taken only where all of the others are cordoned, too. */
  readonly isCordoned: (path: string) => boolean;
}

interface UnderWay {
  readonly directory: DirectoryLogs;
  readonly created: Promise<PartitionLog>;
}

/** Makes partitions, each in one of the directories of a node, and in one only. */
export class NewPartitions {
  readonly #directories: readonly DirectoryLogs[];
  readonly #choice: DirectoryChoice;
  /** The last creation of a partition, by name. */
  readonly #underWay = new Map<string, UnderWay>();
  readonly #beingCreatedIn = new Map<DirectoryLogs, number>();

  constructor(directories: readonly DirectoryLogs[], choice: DirectoryChoice) {
    this.#directories = directories;
    this.#choice = choice;
  }

  /** @throws PartitionExistsError; KafkaError KAFKA_STORAGE_ERROR */
  async create(partition: NewPartition, { directoryId }: NewPartitionPlace): Promise<PartitionLog> {
    const name = partitionDirectoryName(partition.topic, partition.partition);
    const before = this.#underWay.get(name);
    const directory = before?.directory ?? this.#directoryFor(name, directoryId);
    // Of several at a time each has to know of the others, or all go to the same directory.
    this.#beingCreatedIn.set(directory, (this.#beingCreatedIn.get(directory) ?? 0) + 1);
    const turn = before === undefined ? Promise.resolve() : before.created.catch(() => undefined);
    const created = turn.then(() => directory.create(partition));
    this.#underWay.set(name, { directory, created });
    try {
      return await created;
    } finally {
      this.#beingCreatedIn.set(directory, this.#beingCreatedIn.get(directory)! - 1);
      if (this.#underWay.get(name)?.created === created) this.#underWay.delete(name);
    }
  }

  #directoryFor(name: string, directoryId?: string): DirectoryLogs {
    const known = this.#directories.find(({ logs, damaged }) => logs.has(name) || damaged.has(name));
    if (known !== undefined) return known;
    const wanted =
      directoryId === undefined
        ? undefined
        : this.#directories.find(({ opened }) => opened.meta?.directoryId === directoryId);
    if (wanted !== undefined) return wanted;
    const possible = this.#directories.filter((each) => this.#choice.isFor(each));
    const online = possible.filter(({ directory }) => directory.failure === undefined);
    const open = online.filter(({ directory }) => !this.#choice.isCordoned(directory.path));
    // The controller may have placed it here before it knew that there is no room any more.
    const [first] = (open.length > 0 ? open : online).toSorted(
      (a, b) => this.#partitionsIn(a) - this.#partitionsIn(b),
    );
    if (first !== undefined) return first;
    throw possible[0]?.directory.offlineError() ?? noDirectory();
  }

  /** With those that are on their way. */
  #partitionsIn(directory: DirectoryLogs): number {
    return directory.logs.size + (this.#beingCreatedIn.get(directory) ?? 0);
  }
}

/** None but that of the metadata log could be opened. */
function noDirectory(): KafkaError {
  return new KafkaError('KAFKA_STORAGE_ERROR', 'None of the log directories can be used');
}
