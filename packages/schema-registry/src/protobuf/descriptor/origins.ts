import type { ProtoOption } from '../syntax/proto-file.ts';

interface Origin {
  readonly at: number;
  readonly options: readonly ProtoOption[];
}

/** Where the parts of a descriptor stand in the text they were made from, and the options written there. */
export class Origins {
  readonly #origins = new Map<object, Origin>();

  /** Remembers that `descriptor` was written at `at`; answers it. */
  note<T extends object>(descriptor: T, at: number, options: readonly ProtoOption[] = []): T {
    this.#origins.set(descriptor, { at, options });
    return descriptor;
  }

  /** The offset; undefined when there was no text. */
  offsetOf(descriptor: object): number | undefined {
    return this.#origins.get(descriptor)?.at;
  }

  /** The options as written, none when there was no text. */
  optionsOf(descriptor: object): readonly ProtoOption[] {
    return this.#origins.get(descriptor)?.options ?? [];
  }
}
