import { CorruptFileError } from '../errors.ts';

/** Kafka's checkpoint format: a line `0`, a line with the number of entries, then one entry a line. */
export function formatCheckpoint(lines: readonly string[]): string {
  return `0\n${lines.length}\n${lines.map((line) => `${line}\n`).join('')}`;
}

/**
 * The fields of each entry. An empty text has no entries, as in Kafka.
 * @throws CorruptFileError when the version, the count or the number of fields is wrong.
 */
export function parseCheckpoint(text: string, path: string, fieldCount: number): string[][] {
  if (text === '') return [];
  const lines = text.split(/\r?\n/);
  if (lines.at(-1) === '') lines.pop();
  const [version, count, ...entries] = lines;
  if (version?.trim() !== '0') throw new CorruptFileError(path, 0, `version "${version}" is not 0`);
  if (Number(count) !== entries.length || count?.trim() === '') {
    throw new CorruptFileError(path, 2, `${entries.length} entries where ${count} are announced`);
  }
  let position = lines[0]!.length + lines[1]!.length + 2;
  return entries.map((entry) => {
    const fields = entry.trim().split(/\s+/);
    if (fields.length !== fieldCount) throw new CorruptFileError(path, position, `malformed line "${entry}"`);
    position += entry.length + 1;
    return fields;
  });
}

/** @throws CorruptFileError unless `text` is a safe whole number. */
export function parseWholeNumber(text: string, path: string): number {
  const value = Number(text);
  if (!/^-?\d+$/.test(text) || !Number.isSafeInteger(value)) {
    throw new CorruptFileError(path, 0, `"${text}" is not a whole number`);
  }
  return value;
}
