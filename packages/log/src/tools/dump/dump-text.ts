import { basename } from 'node:path';
import { parsePropertiesFile } from '@millrace/config';
import { CLEAN_SHUTDOWN_FILE } from '../../files/clean-shutdown-file.ts';
import { LEADER_EPOCH_CHECKPOINT, parseLeaderEpochCheckpoint } from '../../files/leader-epoch-checkpoint.ts';
import { META_PROPERTIES } from '../../files/meta-properties.ts';
import { offsetCheckpointFiles, parseOffsetCheckpoint } from '../../files/offset-checkpoint.ts';
import { PARTITION_METADATA, parsePartitionMetadata } from '../../files/partition-metadata.ts';
import { plainValue } from '../decode/plain-value.ts';
import type { DumpEntry } from './dump-entry.ts';

/** @throws CorruptFileError, SyntaxError where the text is damaged */
export type TextReader = (text: string, file: string) => DumpEntry[];

const checkpoints = new Set<string>(Object.values(offsetCheckpointFiles));

const readers: Readonly<Record<string, TextReader>> = {
  [LEADER_EPOCH_CHECKPOINT]: (text, file) =>
    parseLeaderEpochCheckpoint(text, file).map((entry) => ({
      type: 'leader-epoch',
      file,
      position: 0,
      ...entry,
    })),
  [PARTITION_METADATA]: (text, file) => properties(file, { 'topic.id': parsePartitionMetadata(text, file) }),
  [META_PROPERTIES]: (text, file) => properties(file, parsePropertiesFile(text, file)),
  [CLEAN_SHUTDOWN_FILE]: (text, file) => properties(file, JSON.parse(text) as object),
  'quorum-state': (text, file) => properties(file, JSON.parse(text) as object),
};

const readCheckpoint: TextReader = (text, file) =>
  Array.from(parseOffsetCheckpoint(text, file), ([partition, offset]) => ({
    type: 'checkpoint',
    file,
    position: 0,
    partition,
    offset,
  }));

/** How to read a text file of a log or partition directory; `undefined` for any other file. */
export function textReader(path: string): TextReader | undefined {
  const name = basename(path);
  return checkpoints.has(name) ? readCheckpoint : readers[name];
}

function properties(file: string, values: object): DumpEntry[] {
  return Object.entries(values).map(([name, value]) => ({
    type: 'property',
    file,
    position: 0,
    name,
    value: plainValue(value),
  }));
}
