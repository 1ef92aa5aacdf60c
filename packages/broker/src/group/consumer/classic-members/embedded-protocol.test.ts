import { expect, test } from 'vitest';
import type { TopicsImage } from '../../../metadata/cluster-image.ts';
import { emptyImage } from '../../../metadata/image-builder.ts';
import { readAssignment, readSubscription } from './embedded-protocol.ts';

const noTopics: TopicsImage = emptyImage.topics;

test.each([
  ['a version that never was', Buffer.from('e332000000000000', 'hex')],
  ['no version', Buffer.from([0])],
  ['topics that are not there', Buffer.from('0001000000057f', 'hex')],
])('refuses metadata of a member with %s', (_, metadata) => {
  const refusal = expect.objectContaining({ code: 'INCONSISTENT_GROUP_PROTOCOL' }) as unknown;
  expect(() => readSubscription(metadata, noTopics)).toThrow(refusal);
  expect(() => readAssignment(metadata, noTopics)).toThrow(refusal);
});
