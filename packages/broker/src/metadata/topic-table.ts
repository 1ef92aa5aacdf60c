import type { TopicImage, TopicsImage } from './cluster-image.ts';
import { canCollide, collisionKey } from './topic-names.ts';
import { VersionedMap } from './versioned-map.ts';

/** The topics of the cluster. Changed by its `ImageBuilder` only, before the image is published. */
export class TopicTable implements TopicsImage {
  readonly byName: VersionedMap<TopicImage>;
  readonly byId: VersionedMap<TopicImage>;
  /** Names that can collide with others, by what makes them collide. */
  readonly #byCollisionKey: VersionedMap<string>;

  constructor(
    byName = VersionedMap.empty<TopicImage>(),
    byId = VersionedMap.empty<TopicImage>(),
    byCollisionKey = VersionedMap.empty<string>(),
  ) {
    this.byName = byName;
    this.byId = byId;
    this.#byCollisionKey = byCollisionKey;
  }

  static after(topics: TopicsImage): TopicTable {
    const base = topics as TopicTable;
    return new TopicTable(
      VersionedMap.after(base.byName),
      VersionedMap.after(base.byId),
      VersionedMap.after(base.#byCollisionKey),
    );
  }

  nameCollidingWith(name: string): string | undefined {
    return canCollide(name) ? this.#byCollisionKey.get(collisionKey(name)) : undefined;
  }

  put(topic: TopicImage): void {
    this.byName.set(topic.name, topic);
    this.byId.set(topic.id, topic);
    if (canCollide(topic.name)) this.#byCollisionKey.set(collisionKey(topic.name), topic.name);
  }

  delete({ name, id }: TopicImage): void {
    this.byName.delete(name);
    this.byId.delete(id);
    if (canCollide(name)) this.#byCollisionKey.delete(collisionKey(name));
  }
}
