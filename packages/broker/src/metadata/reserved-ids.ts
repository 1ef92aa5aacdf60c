/** Directory id of a replica whose broker has not said where it put it. */
export const UNASSIGNED_DIRECTORY = 'AAAAAAAAAAAAAAAAAAAAAQ';
/** Directory id of a replica in a directory that is lost. */
export const LOST_DIRECTORY = 'AAAAAAAAAAAAAAAAAAAAAg';
/** Directory id of a replica from before directories had ids. */
export const MIGRATING_DIRECTORY = 'AAAAAAAAAAAAAAAAAAAAAA';
/** Ids below this are reserved by Kafka and cannot be those of directories. */
export const FIRST_FREE_DIRECTORY = 100;
