import { ApiKey, ErrorCode } from '@millrace/protocol';
import {
  CreatePartitionsRequest,
  CreatePartitionsResponse,
} from '@millrace/protocol/messages/create-partitions';
import { createPartitions } from '../controller/create-partitions.ts';
import { defineHandler } from './handler.ts';

export const createPartitionsHandler = defineHandler({
  key: ApiKey.CREATE_PARTITIONS,
  minVersion: 0,
  maxVersion: 3,
  request: CreatePartitionsRequest,
  response: CreatePartitionsResponse,

  async handle(request, { broker }) {
    const results = await broker.controller.run((state) =>
      createPartitions(state, request.topics, request.validateOnly),
    );
    return {
      throttleTimeMs: 0,
      results: results.map(({ name, error }) => ({
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
