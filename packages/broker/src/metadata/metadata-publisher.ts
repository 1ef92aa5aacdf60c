import type { Logger } from '@millrace/host';
import type { BrokerConfig } from '../config/broker-config.ts';
import { messageOf } from '../errors.ts';
import type { PartitionReplication } from '../partitions/partition-replication.ts';
import { ConfigResourceType, type ClusterImage, type TopicImage } from './cluster-image.ts';
import { emptyImage, type ImageDelta } from './image-builder.ts';

/** Who acts on changes of the cluster state, in the order in which they are told. */
export interface PublishTargets {
  readonly nodeId: number;
  readonly config: BrokerConfig;
  readonly replication: PartitionReplication;
  readonly onTopicsDeleted: (topics: readonly TopicImage[]) => void;
  readonly logger: Logger;
}

/**
 * Holds the image that requests see, and makes the rest of the broker follow it.
 *
 * The order matters: logs of new partitions are opened before the image names them, and logs of deleted ones are
 * closed after it no longer does, so that nobody is sent to a log that is not there.
 */
export class MetadataPublisher {
  #image = emptyImage;
  #errorCount = 0;

  get image(): ClusterImage {
    return this.#image;
  }

  /** How often a part of this node could not follow a change. */
  get errorCount(): number {
    return this.#errorCount;
  }

  /** One at a time, in the order of the metadata log. A step that fails is reported, the others still run. */
  async publish(image: ClusterImage, delta: ImageDelta, targets: PublishTargets): Promise<void> {
    const { nodeId, config, replication, onTopicsDeleted, logger } = targets;
    const partitions = replication.registry;
    const step = async (name: string, run: () => void | Promise<void>) => {
      try {
        await run();
      } catch (error) {
        this.#errorCount++;
        logger.error('A change of the cluster state could not be applied', {
          step: name,
          error: messageOf(error),
        });
      }
    };
    if (delta.brokerConfigsChanged) {
      const { BROKER } = ConfigResourceType;
      await step('configuration', () =>
        config.setDynamic(image.configs.of(BROKER, ''), image.configs.of(BROKER, String(nodeId))),
      );
    }
    await step('partitions', () => partitions.prepare(image, delta));
    this.#image = image;
    await step('groups', () => onTopicsDeleted(delta.deletedTopics));
    await step('in-sync replicas', () => replication.onImage(image, delta));
    await step('deleted partitions', () => partitions.release(delta));
  }
}
