/** Directory id of a replica whose broker has not said where it put it. */
export const UNASSIGNED_DIRECTORY = 'AAAAAAAAAAAAAAAAAAAAAQ';
/** Directory id of a replica in a directory that is lost. */
export const LOST_DIRECTORY = 'AAAAAAAAAAAAAAAAAAAAAg';
/** Directory id of a replica from before directories had ids. */
export const MIGRATING_DIRECTORY = 'AAAAAAAAAAAAAAAAAAAAAA';

/** Ids below this are reserved by Kafka and cannot be those of directories. */
const FIRST_FREE_DIRECTORY = 100n;

/** Does this id stand for something else than a directory? */
export function isReservedDirectory(id: string): boolean {
  const bytes = Buffer.from(id, 'base64url');
  return bytes.readBigUInt64BE(0) === 0n && bytes.readBigUInt64BE(8) < FIRST_FREE_DIRECTORY;
}
