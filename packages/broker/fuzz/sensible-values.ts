import type { Random } from '@millrace/host';

/** What an exchange before was about. */
export type Known = ReadonlyMap<string, string | number>;
export type Fields = Readonly<Record<string, unknown>>;

/** One of the first names of a kind, so that requests meet. */
export const firstOf = (prefix: string, count: number) => (random: Random) =>
  `${prefix}-${random.uint32() % count}`;

export const topicName = firstOf('fuzz', 3);
