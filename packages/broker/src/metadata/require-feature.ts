import { KafkaError } from '@millrace/protocol';
import type { ClusterImage } from './cluster-image.ts';

/** Refuses what the cluster has not been upgraded to. @throws KafkaError UNSUPPORTED_VERSION */
export function requireFeature(
  { features }: Pick<ClusterImage, 'features'>,
  name: string,
  level: number,
): void {
  const current = features.get(name) ?? 0;
  if (current >= level) return;
  throw new KafkaError('UNSUPPORTED_VERSION', `${name} is at level ${current}, this request needs ${level}.`);
}
