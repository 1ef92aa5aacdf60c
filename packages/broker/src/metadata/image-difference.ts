import {
  ConfigResourceType,
  type ClusterImage,
  type ConfigsImage,
  type TopicImage,
} from './cluster-image.ts';
import type { ImageDelta } from './image-builder.ts';

/**
 * What lies between two images, however they came about: the first one after a start, or the one of a snapshot. Parts
 * that both share are not looked at; a topic counts as changed when it is another object.
 */
export function imageDifference(before: ClusterImage, after: ClusterImage): ImageDelta {
  const changedTopics = new Set<string>();
  const deletedTopics: TopicImage[] = [];
  if (before.topics !== after.topics) {
    for (const [id, topic] of after.topics.byId) {
      if (before.topics.byId.get(id) !== topic) changedTopics.add(id);
    }
    for (const [id, topic] of before.topics.byId) {
      if (!after.topics.byId.has(id)) deletedTopics.push(topic);
    }
  }
  const configs = before.configs === after.configs ? [] : changedConfigs(before.configs, after.configs);
  return {
    changedTopics,
    deletedTopics,
    changedTopicConfigs: new Set(
      configs.filter(([type]) => type === ConfigResourceType.TOPIC).map(([, name]) => name),
    ),
    brokerConfigsChanged: configs.some(([type]) => type === ConfigResourceType.BROKER),
    brokersChanged: before.brokers !== after.brokers,
    controllersChanged: before.controllers !== after.controllers,
    clientQuotasChanged: before.clientQuotas !== after.clientQuotas,
  };
}

/** Every resource that has overrides on either side: to apply the same ones again does no harm. */
function changedConfigs(before: ConfigsImage, after: ConfigsImage): (readonly [number, string])[] {
  return [...before.entries(), ...after.entries()].map(
    ({ resourceType, resourceName }) => [resourceType, resourceName] as const,
  );
}
