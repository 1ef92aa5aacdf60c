import { ErrorCode } from '@millrace/protocol';
import { DeleteGroupsRequest, DeleteGroupsResponse } from '@millrace/protocol/messages/delete-groups';
import { expect, it } from 'vitest';
import { GroupSession } from '../group/testing/group-session.ts';

it.each([0, 1, 2])(
  'DeleteGroups removes empty groups and says why others stay, in version %i',
  async (version) => {
    await using session = await GroupSession.open();
    await session.joinAlone({ groupId: 'busy' });
    await session.commit(1, 'idle');
    const message = { groupsNames: ['busy', 'idle', 'nobody', 'idle'] };
    const api = { request: DeleteGroupsRequest, response: DeleteGroupsResponse, version };
    const { results } = await session.connection.send({ ...api, message });
    const errors = new Map(results.map(({ groupId, errorCode }) => [groupId, errorCode]));
    expect(results).toHaveLength(3);
    expect(errors).toEqual(
      new Map([
        ['busy', ErrorCode.NON_EMPTY_GROUP],
        ['idle', ErrorCode.NONE],
        ['nobody', ErrorCode.GROUP_ID_NOT_FOUND],
      ]),
    );
    const again = await session.connection.send({ ...api, message: { groupsNames: ['idle'] } });
    expect(again.results).toMatchObject([{ errorCode: ErrorCode.GROUP_ID_NOT_FOUND }]);
  },
);
