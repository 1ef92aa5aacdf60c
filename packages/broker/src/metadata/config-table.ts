import type { ConfigsImage, ResourceOverrides } from './cluster-image.ts';
import { VersionedMap } from './versioned-map.ts';

const noOverrides: ReadonlyMap<string, string> = new Map();

/** Configuration overrides by resource. Changed by its `ImageBuilder` only, before the image is published. */
export class ConfigTable implements ConfigsImage {
  readonly #byResource: VersionedMap<ReadonlyMap<string, string>>;

  constructor(byResource = VersionedMap.empty<ReadonlyMap<string, string>>()) {
    this.#byResource = byResource;
  }

  static copyOf(configs: ConfigsImage): ConfigTable {
    return new ConfigTable(VersionedMap.after((configs as ConfigTable).#byResource));
  }

  of(resourceType: number, resourceName: string): ReadonlyMap<string, string> {
    return this.#byResource.get(resourceKey(resourceType, resourceName)) ?? noOverrides;
  }

  *entries(): Iterable<ResourceOverrides> {
    for (const [key, overrides] of this.#byResource) {
      const separator = key.indexOf(':');
      yield {
        resourceType: Number(key.slice(0, separator)),
        resourceName: key.slice(separator + 1),
        overrides,
      };
    }
  }

  /** `null` removes the override. */
  set(resourceType: number, resourceName: string, name: string, value: string | null): void {
    const overrides = new Map(this.of(resourceType, resourceName));
    if (value === null) overrides.delete(name);
    else overrides.set(name, value);
    const key = resourceKey(resourceType, resourceName);
    if (overrides.size === 0) this.#byResource.delete(key);
    else this.#byResource.set(key, overrides);
  }

  removeResource(resourceType: number, resourceName: string): void {
    this.#byResource.delete(resourceKey(resourceType, resourceName));
  }
}

function resourceKey(resourceType: number, resourceName: string): string {
  return `${resourceType}:${resourceName}`;
}
