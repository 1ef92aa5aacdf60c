import { ApiKey, ErrorCode } from '@millrace/protocol';
import {
  CreatePartitionsRequest,
  CreatePartitionsResponse,
} from '@millrace/protocol/messages/create-partitions';
import { createPartitions } from '../controller/create-partitions.ts';
import { accessRefused, partitionByAccess } from './access.ts';
import { always, defineHandler } from './handler.ts';

const FIRST_WITH_QUOTA_ERROR = 3;

export const createPartitionsHandler = defineHandler({
  key: ApiKey.CREATE_PARTITIONS,
  minVersion: 0,
  maxVersion: 3,
  isForwarded: always,
  request: CreatePartitionsRequest,
  response: CreatePartitionsResponse,

  async handle(request, context) {
    const topics = { items: request.topics, nameOf: ({ name }: { readonly name: string }) => name };
    const { allowed, refused } = partitionByAccess(context, 'ALTER', 'TOPIC', topics);
    const mutations = context.broker.quotas.beginMutations(context, FIRST_WITH_QUOTA_ERROR);
    const created = await context.broker.controller.run((state) =>
      createPartitions(state, allowed, request.validateOnly, mutations.charge),
    );
    context.throttleMs = mutations.throttleMs;
    const hidden = refused.map(({ name }) => ({ name, error: accessRefused('TOPIC') }));
    return {
      throttleTimeMs: 0,
      results: [...created, ...hidden].map(({ name, error }) => ({
        name,
        errorCode: error?.errorCode ?? ErrorCode.NONE,
        errorMessage: error?.message ?? null,
      })),
    };
  },

  fail: (error, request) => ({
    throttleTimeMs: 0,
    results: request.topics.map(({ name }) => ({
      name,
      errorCode: error.errorCode,
      errorMessage: error.message,
    })),
  }),
});
