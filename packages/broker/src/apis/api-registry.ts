import type { BrokerPropertyValues } from '../config/broker-properties.ts';
import type { AnyApiHandler } from './handler.ts';

/** One line of an ApiVersions answer. */
export interface AdvertisedApi {
  readonly apiKey: number;
  readonly minVersion: number;
  readonly maxVersion: number;
}

/** The APIs a broker serves, by key. What ApiVersions advertises is derived from it, so it cannot drift. */
export class ApiRegistry {
  readonly #handlers: readonly AnyApiHandler[];
  readonly #byKey: (AnyApiHandler | undefined)[] = [];

  constructor(handlers: readonly AnyApiHandler[]) {
    for (const handler of handlers) {
      if (this.#byKey[handler.key] !== undefined) throw new Error(`API key ${handler.key} has two handlers`);
      this.#byKey[handler.key] = handler;
    }
    this.#handlers = handlers.toSorted((a, b) => a.key - b.key);
  }

  /** In order of the key. */
  advertised(config: BrokerPropertyValues): readonly AdvertisedApi[] {
    return this.#handlers
      .filter(({ isAdvertised }) => isAdvertised === undefined || isAdvertised(config))
      .map(({ key, minVersion, maxVersion, advertisedMinVersion }) => ({
        apiKey: key,
        minVersion: advertisedMinVersion ?? minVersion,
        maxVersion,
      }));
  }

  /** `undefined` for keys that are not served, hostile ones included. */
  find(apiKey: number): AnyApiHandler | undefined {
    return this.#byKey[apiKey];
  }
}
