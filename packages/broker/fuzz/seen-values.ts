import type { Random } from '@millrace/host';

/** What an exchange was about: the values of its fields by name. */
type Context = ReadonlyMap<string, Scalar>;
type Scalar = string | number;

const MOST_CONTEXTS = 24;
const MOST_TOPICS = 8;
const MOST_DEPTH = 6;

/** The same thing under other names. */
const aliases: Readonly<Record<string, string>> = {
  generationId: 'memberEpoch',
  generationIdOrMemberEpoch: 'memberEpoch',
  groupInstanceId: 'instanceId',
  group: 'groupId',
  topic: 'topicName',
};

/**
 * Remembers what requests said and answers gave (member ids, epochs, producer ids, session ids, topic ids), so that later
 * requests are about something that exists, or did. Nothing that belongs to the broker or to the honest client is kept.
 */
export class SeenValues {
  readonly #families = new Map<number, Context[]>();
  readonly #topicIds: string[] = [];

  /** One of the last exchanges of a family of requests. */
  pick(family: number, random: Random): Context {
    const contexts = this.#families.get(family);
    if (contexts === undefined) return new Map();
    const isLatest = random.uint32() % 2 === 0;
    return contexts[isLatest ? contexts.length - 1 : random.uint32() % contexts.length]!;
  }

  /** Of a topic that exists, or did. */
  topicId(random: Random): string | undefined {
    return this.#topicIds[random.uint32() % Math.max(1, this.#topicIds.length)];
  }

  /** Requests come before their answers, so that what the answer says wins. */
  learn(family: number, ...messages: readonly object[]): void {
    const context = new Map<string, Scalar>();
    for (const message of messages) collect(message, context, 0);
    if (context.size === 0) return;
    const contexts = this.#families.get(family) ?? [];
    this.#families.set(family, contexts);
    if (contexts.push(context) > MOST_CONTEXTS) contexts.shift();
    const topicId = context.get('topicId');
    if (typeof topicId !== 'string' || this.#topicIds.includes(topicId)) return;
    if (this.#topicIds.push(topicId) > MOST_TOPICS) this.#topicIds.shift();
  }
}

export function aliasOf(name: string): string {
  return aliases[name] ?? name;
}

/** Topics and groups of others are left alone: requests that are allowed to harm them would. */
export function isForeign(name: unknown): boolean {
  return typeof name === 'string' && (name.startsWith('__') || name.startsWith('honest'));
}

function collect(value: object, context: Map<string, Scalar>, depth: number): void {
  if (depth > MOST_DEPTH || Buffer.isBuffer(value)) return;
  if (Array.isArray(value)) {
    for (const item of value.slice(0, 4)) {
      if (typeof item === 'object' && item !== null) collect(item as object, context, depth + 1);
    }
    return;
  }
  const fields = Object.entries(value) as [string, unknown][];
  if (fields.some(([, field]) => isForeign(field))) return;
  for (const [name, field] of fields) {
    if (typeof field === 'string' || typeof field === 'number') context.set(aliasOf(name), field);
    else if (typeof field === 'object' && field !== null) collect(field, context, depth + 1);
  }
}
