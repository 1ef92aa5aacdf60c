import { ApiKey } from '@millrace/protocol';
import { ListGroupsRequest, ListGroupsResponse } from '@millrace/protocol/messages/list-groups';
import { isAllowed } from './access.ts';
import { defineHandler } from './handler.ts';

export const listGroups = defineHandler({
  key: ApiKey.LIST_GROUPS,
  minVersion: 0,
  maxVersion: 5,
  request: ListGroupsRequest,
  response: ListGroupsResponse,

  async handle({ statesFilter, typesFilter }, context) {
    const { broker } = context;
    const { errorCode, groups } = await broker.groups.listGroups();
    const seesAll = isAllowed(context, 'DESCRIBE', 'CLUSTER');
    const isVisible = (groupId: string) => seesAll || isAllowed(context, 'DESCRIBE', 'GROUP', groupId);
    const hasState = filter(statesFilter);
    const hasType = filter(typesFilter);
    return {
      throttleTimeMs: 0,
      errorCode,
      groups: groups.filter(
        ({ groupId, groupState, groupType }) =>
          hasState(groupState) && hasType(groupType) && isVisible(groupId),
      ),
    };
  },

  fail: ({ errorCode }) => ({ throttleTimeMs: 0, errorCode, groups: [] }),
});

/** No names let everything through. Case does not matter. */
function filter(names: readonly string[]): (name: string) => boolean {
  const wanted = new Set(names.map((name) => name.trim().toLowerCase()));
  return (name) => wanted.size === 0 || wanted.has(name.toLowerCase());
}
