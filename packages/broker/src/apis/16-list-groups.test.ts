import { ListGroupsRequest, ListGroupsResponse } from '@millrace/protocol/messages/list-groups';
import { describe, expect, it } from 'vitest';
import { GroupSession } from '../group/testing/group-session.ts';

const api = { request: ListGroupsRequest, response: ListGroupsResponse };

async function list(session: GroupSession, version: number, message = {}): Promise<string[]> {
  const { errorCode, groups } = await session.connection.send({ ...api, version, message });
  expect(errorCode).toBe(0);
  return groups
    .map(({ groupId, groupState, groupType }) => [groupId, groupState, groupType].join(' ').trim())
    .toSorted();
}

describe('ListGroups', () => {
  it('lists all groups in every version, with what the version tells of them', async () => {
    await using session = await GroupSession.open();
    await session.joinAlone({ groupId: 'members' });
    await session.commit(1, 'simple');
    for (const version of [0, 1, 2, 3]) expect(await list(session, version)).toEqual(['members', 'simple']);
    expect(await list(session, 4)).toEqual(['members Stable', 'simple Empty']);
    expect(await list(session, 5)).toEqual(['members Stable classic', 'simple Empty classic']);
  });

  it('filters by state and type, whatever their case', async () => {
    await using session = await GroupSession.open();
    await session.joinAlone({ groupId: 'members' });
    await session.commit(1, 'simple');
    expect(await list(session, 4, { statesFilter: ['stable', ' EMPTY'] })).toHaveLength(2);
    expect(await list(session, 4, { statesFilter: ['Empty'] })).toEqual(['simple Empty']);
    expect(await list(session, 5, { typesFilter: ['Classic'] })).toHaveLength(2);
    expect(await list(session, 5, { typesFilter: ['consumer'] })).toEqual([]);
  });
});
