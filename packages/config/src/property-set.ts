import { InvalidPropertyError } from './errors.ts';
import { nearestName } from './nearest-name.ts';
import type { PropertyDefinition, RawValue } from './property.ts';

/** The typed values of a property set, by Kafka name. */
export type PropertyValues<D> = {
  readonly [K in keyof D]: D[K] extends PropertyDefinition<infer T> ? T : never;
};

/** What a user passes in: any subset, as typed values or as text. */
export type PropertyInput<D> = {
  readonly [K in keyof D]?:
    | (D[K] extends PropertyDefinition<infer T> ? T : never)
    | string
    | null
    | undefined;
};

/** A name that no definition knows. */
export interface UnknownProperty {
  readonly name: string;
  /** The definition whose name is closest, when one is close enough to be a likely slip. */
  readonly nearest: string | undefined;
}

/** What a user has set, with types, and what nobody knows. */
export interface ParsedProperties<D> {
  readonly values: PropertyValues<D>;
  /** Names the user set, so that overrides can be told from defaults. */
  readonly explicit: ReadonlySet<string>;
  /** Kafka warns about unknown names and goes on; so do callers of this. */
  readonly unknown: readonly UnknownProperty[];
}

/** The properties of one component: their definitions, and parsing of user input against them. */
export class PropertySet<D extends Readonly<Record<string, PropertyDefinition<unknown>>>> {
  readonly definitions: D;
  /** Listed once: a node parses the same few hundred for each of its topics. */
  readonly #entries: readonly (readonly [string, PropertyDefinition<unknown>])[];

  constructor(definitions: D) {
    this.definitions = definitions;
    this.#entries = Object.entries(definitions);
  }

  /**
   * Typed values with defaults filled in. `null` and `undefined` count as not set.
   * @throws InvalidPropertyError naming the property, the value and what would be legal.
   */
  parse(input: Readonly<Record<string, unknown>>): ParsedProperties<D> {
    const values: Record<string, unknown> = {};
    const explicit = new Set<string>();
    for (const [name, definition] of this.#entries) {
      const raw = input[name] as RawValue;
      if (raw === undefined || raw === null) {
        if (definition.default === undefined) throw InvalidPropertyError.missing(name, definition.doc);
        values[name] = definition.default;
        continue;
      }
      values[name] = this.parseOne(name, raw);
      explicit.add(name);
    }
    return { values: values as PropertyValues<D>, explicit, unknown: this.#unknownNames(input) };
  }

  /** One value, for example from `IncrementalAlterConfigs`. @throws InvalidPropertyError */
  parseOne<K extends keyof D & string>(
    name: K,
    raw: Exclude<RawValue, null | undefined>,
  ): PropertyValues<D>[K] {
    if (!this.has(name)) throw InvalidPropertyError.unknown(name, nearestName(name, this.names()));
    const definition = this.definitions[name] as PropertyDefinition<PropertyValues<D>[K]>;
    try {
      return definition.parse(raw);
    } catch (cause) {
      throw InvalidPropertyError.illegal(name, definition.type === 'password' ? '[hidden]' : raw, cause);
    }
  }

  has(name: string): name is keyof D & string {
    return Object.hasOwn(this.definitions, name);
  }

  names(): readonly string[] {
    return Object.keys(this.definitions);
  }

  #unknownNames(input: Readonly<Record<string, unknown>>): UnknownProperty[] {
    return Object.keys(input)
      .filter((name) => !this.has(name))
      .map((name) => ({ name, nearest: nearestName(name, this.names()) }));
  }
}
