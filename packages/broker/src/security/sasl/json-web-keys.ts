import { fileURLToPath } from 'node:url';
import type { Clock, Disk } from '@millrace/host';
import { createLocalJWKSet, errors, type JSONWebKeySet, type JWTVerifyGetKey } from 'jose';

/** A token of an unknown key makes the keys be fetched again, but not more often than this. */
const MIN_REFRESH_MS = 10_000;
const FETCH_TIMEOUT_MS = 10_000;

type KeySet = ReturnType<typeof createLocalJWKSet>;

/** The keys that sign access tokens, from where their issuer publishes them. */
export class JsonWebKeys {
  readonly #url: string;
  readonly #refreshMs: number;
  readonly #clock: Clock;
  readonly #disk: Disk;
  #keys: KeySet | undefined;
  #fetchedAtMs = -Infinity;
  #fetching: Promise<KeySet> | undefined;

  constructor(
    source: { readonly url: string; readonly refreshMs: number },
    { clock, disk }: { readonly clock: Clock; readonly disk: Disk },
  ) {
    this.#url = source.url;
    this.#refreshMs = source.refreshMs;
    this.#clock = clock;
    this.#disk = disk;
  }

  /** The key of a token, for `jwtVerify`. */
  readonly find: JWTVerifyGetKey = async (header, token) => {
    const keys = await this.#current();
    try {
      return await keys(header, token);
    } catch (error) {
      const isFresh = this.#clock.monotonicMs() - this.#fetchedAtMs < MIN_REFRESH_MS;
      if (!(error instanceof errors.JWKSNoMatchingKey) || isFresh) throw error;
      return (await this.#fetch())(header, token);
    }
  };

  async #current(): Promise<KeySet> {
    const isOld = this.#clock.monotonicMs() - this.#fetchedAtMs >= this.#refreshMs;
    if (this.#keys !== undefined && !isOld) return this.#keys;
    try {
      return await this.#fetch();
    } catch (error) {
      // Keys that were good an hour ago are better than none.
      if (this.#keys !== undefined) return this.#keys;
      throw error;
    }
  }

  /** Who comes meanwhile waits for the same answer. */
  #fetch(): Promise<KeySet> {
    this.#fetching ??= this.#load().finally(() => {
      this.#fetching = undefined;
    });
    return this.#fetching;
  }

  async #load(): Promise<KeySet> {
    const content = this.#url.startsWith('file:') ? await this.#readFile() : await this.#download();
    this.#keys = createLocalJWKSet(content as JSONWebKeySet);
    this.#fetchedAtMs = this.#clock.monotonicMs();
    return this.#keys;
  }

  async #readFile(): Promise<unknown> {
    return JSON.parse((await this.#disk.readFile(fileURLToPath(this.#url))).toString('utf8'));
  }

  async #download(): Promise<unknown> {
    const response = await fetch(this.#url, { signal: AbortSignal.timeout(FETCH_TIMEOUT_MS) });
    if (!response.ok) throw new Error(`${this.#url} answers ${response.status}`);
    return response.json();
  }
}
