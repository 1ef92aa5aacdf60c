/** Directory id of a replica whose broker has not said where it put it. */
export const UNASSIGNED_DIRECTORY = 'AAAAAAAAAAAAAAAAAAAAAQ';
