import type { Clock } from '@millrace/host';
import { KafkaError } from '@millrace/protocol';
import type { SchemaMark } from './schema-mark.ts';

/** Ids are given out once, so what is known of one stays true; more than this are forgotten, oldest first. */
const MAX_KNOWN = 10_000;
/** An id may be registered for another subject, or at all, a moment after it was asked for. */
const REFUSED_AGAIN_MS = 5000;
const TIMEOUT_MS = 5000;

type Subjects = ReadonlySet<string>;

interface Known {
  readonly subjects: Subjects;
  readonly askedAtMs: number;
}

/** The subjects of schemas, asked from a registry and remembered. */
export class RegisteredSubjects {
  readonly #clock: Clock;
  readonly #known = new Map<string, Known>();
  readonly #asking = new Map<string, Promise<Subjects>>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /**
   * Whether a subject that `isWanted` takes has the schema; at once if that is known. A no is only believed for a while.
   * @throws KafkaError REQUEST_TIMED_OUT, which producers try again, when no registry answers
   */
  has(
    urls: readonly string[],
    mark: SchemaMark,
    isWanted: (subject: string) => boolean,
  ): boolean | Promise<boolean> {
    const key = mark.kind === 'id' ? String(mark.id) : mark.guid;
    const known = this.#known.get(key);
    if (known !== undefined) {
      if (some(known.subjects, isWanted)) return true;
      if (this.#clock.monotonicMs() - known.askedAtMs < REFUSED_AGAIN_MS) return false;
    }
    return this.#ask(urls, key, mark).then((subjects) => some(subjects, isWanted));
  }

  /** Who comes meanwhile waits for the same answer. */
  #ask(urls: readonly string[], key: string, mark: SchemaMark): Promise<Subjects> {
    const under = this.#asking.get(key);
    if (under !== undefined) return under;
    const asking = askAny(urls, mark)
      .then((subjects) => {
        this.#known.delete(key);
        this.#known.set(key, { subjects, askedAtMs: this.#clock.monotonicMs() });
        if (this.#known.size > MAX_KNOWN) this.#known.delete(this.#known.keys().next().value!);
        return subjects;
      })
      .finally(() => this.#asking.delete(key));
    this.#asking.set(key, asking);
    return asking;
  }
}

function some(subjects: Subjects, isWanted: (subject: string) => boolean): boolean {
  for (const subject of subjects) if (isWanted(subject)) return true;
  return false;
}

async function askAny(urls: readonly string[], mark: SchemaMark): Promise<Subjects> {
  let cause: unknown;
  for (const url of urls) {
    try {
      return await askOne(url.replace(/\/$/, ''), mark);
    } catch (error) {
      cause = error;
    }
  }
  const details = cause instanceof Error ? cause.message : String(cause);
  throw new KafkaError(
    'REQUEST_TIMED_OUT',
    `No schema registry of confluent.schema.registry.url (${urls.join(',')}) answers: ${details}`,
    { cause },
  );
}

async function askOne(url: string, mark: SchemaMark): Promise<Subjects> {
  const ids = mark.kind === 'id' ? [mark.id] : await idsOf(url, mark.guid);
  const lists = await Promise.all(ids.map((id) => get(`${url}/schemas/ids/${id}/subjects`)));
  return new Set(lists.flat().filter((subject) => typeof subject === 'string'));
}

/** Ids in the default context: topics are in none. */
async function idsOf(url: string, guid: string): Promise<number[]> {
  const answer = (await get(`${url}/schemas/guids/${guid}/ids`)) as { context?: string; id?: number }[];
  return answer.flatMap(({ context, id }) => (context === '.' && id !== undefined ? [id] : []));
}

/** A list; an id that nobody has is one of nothing. */
async function get(url: string): Promise<unknown[]> {
  const response = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS) });
  if (response.status === 404) {
    await response.body?.cancel();
    return [];
  }
  const answer: unknown = await response.json();
  if (response.ok && Array.isArray(answer)) return answer;
  throw new Error(`${url} answers ${response.status}`);
}
