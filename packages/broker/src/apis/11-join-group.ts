import { ApiKey } from '@millrace/protocol';
import { JoinGroupRequest, JoinGroupResponse } from '@millrace/protocol/messages/join-group';
import { joinError } from '../group/classic/member-replies.ts';
import { requireAllowed } from './access.ts';
import { defineHandler } from './handler.ts';

/** Before this version the chosen protocol cannot be null. */
const FIRST_WITH_NULL_PROTOCOL = 7;

export const joinGroup = defineHandler({
  key: ApiKey.JOIN_GROUP,
  minVersion: 0,
  maxVersion: 9,
  request: JoinGroupRequest,
  response: JoinGroupResponse,

  authorize: ({ groupId }, context) => requireAllowed(context, 'READ', 'GROUP', groupId),

  async handle(request, { version, clientId, connection, broker }) {
    const reply = await broker.groups.call(request.groupId, {
      api: 'join',
      version,
      clientId: clientId ?? '',
      clientHost: `/${connection.remoteHost}`,
      memberIdSuffix: broker.groups.newMemberIdSuffix(),
      request,
    });
    return forVersion(reply, version);
  },

  fail: (error, request, { version }) => forVersion(joinError(error.errorCode, request.memberId), version),
});

function forVersion(reply: JoinGroupResponse, version: number): JoinGroupResponse {
  if (version >= FIRST_WITH_NULL_PROTOCOL || reply.protocolName !== null) return reply;
  return { ...reply, protocolName: '' };
}
