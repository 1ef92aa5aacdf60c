/** Directory id of a replica whose broker has not said where it put it. */
export const UNASSIGNED_DIRECTORY = 'AAAAAAAAAAAAAAAAAAAAAQ';

/** Kafka's number of the security protocol PLAINTEXT. */
export const PLAINTEXT_PROTOCOL = 0;
