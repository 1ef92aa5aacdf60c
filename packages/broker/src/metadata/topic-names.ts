import { METADATA_TOPIC } from './metadata-topic.ts';

/** Where consumer groups keep their state. */
export const CONSUMER_OFFSETS_TOPIC = '__consumer_offsets';

/** Where transactional ids keep their state. */
export const TRANSACTION_STATE_TOPIC = '__transaction_state';

/** Where share groups keep what was delivered. */
export const SHARE_STATE_TOPIC = '__share_group_state';

const internalTopics: ReadonlySet<string> = new Set([
  CONSUMER_OFFSETS_TOPIC,
  TRANSACTION_STATE_TOPIC,
  SHARE_STATE_TOPIC,
]);

/** Written by coordinators only. */
export function isInternalTopic(name: string): boolean {
  return internalTopics.has(name);
}

const MAX_NAME_CHARACTERS = 249;

/** Why `name` cannot be a topic; `undefined` when it can. */
export function topicNameProblem(name: string): string | undefined {
  if (name === '') return "Topic name is illegal, it can't be empty";
  if (name === '.' || name === '..') return `Topic name cannot be "${name}"`;
  if (name.length > MAX_NAME_CHARACTERS) {
    return `Topic name is ${name.length} characters long, the limit is ${MAX_NAME_CHARACTERS}`;
  }
  if (!/^[a-zA-Z0-9._-]+$/.test(name)) {
    return `Topic name "${name}" is illegal, it contains a character other than ASCII alphanumerics, ".", "_" and "-"`;
  }
  if (name === METADATA_TOPIC) return `Topic name "${name}" is reserved`;
  return undefined;
}

/** Has it one of the two characters that `collisionKey` makes equal? */
export function canCollide(name: string): boolean {
  return name.includes('.') || name.includes('_');
}

/**
 * Names that are equal after this collide: metric names map `.` to `_`, so Kafka refuses the second one.
 */
export function collisionKey(name: string): string {
  return name.replaceAll('.', '_');
}
