import { ApiKey, ErrorCode } from '@millrace/protocol';
import {
  AssignReplicasToDirsRequest,
  AssignReplicasToDirsResponse,
} from '@millrace/protocol/messages/assign-replicas-to-dirs';
import { assignReplicasToDirs } from '../controller/assign-replicas-to-dirs.ts';
import { requireAllowed } from './access.ts';
import { defineHandler } from './handler.ts';

/** A broker tells in which of its directories its replicas are (KIP-858). */
export const assignReplicasToDirsHandler = defineHandler({
  key: ApiKey.ASSIGN_REPLICAS_TO_DIRS,
  minVersion: 0,
  maxVersion: 0,
  request: AssignReplicasToDirsRequest,
  response: AssignReplicasToDirsResponse,

  authorize: (_request, context) => requireAllowed(context, 'CLUSTER_ACTION', 'CLUSTER'),

  async handle(request, { broker }) {
    const directories = await broker.controller.run(
      (state) => assignReplicasToDirs(state, request),
      'committed',
    );
    return { throttleTimeMs: 0, errorCode: ErrorCode.NONE, directories };
  },

  fail: ({ errorCode }) => ({ throttleTimeMs: 0, errorCode, directories: [] }),
});
