/**
 * Life of a classic group. `Dead` means that the tombstone of the group is being written: the group answers
 * COORDINATOR_NOT_AVAILABLE until it is gone, or `Empty` again should the write fail.
 */
export type GroupState = 'Empty' | 'PreparingRebalance' | 'CompletingRebalance' | 'Stable' | 'Dead';

const previousStates: Readonly<Record<GroupState, readonly GroupState[]>> = {
  Empty: ['PreparingRebalance', 'Dead'],
  PreparingRebalance: ['Stable', 'CompletingRebalance', 'Empty'],
  CompletingRebalance: ['PreparingRebalance'],
  Stable: ['CompletingRebalance'],
  Dead: ['Empty'],
};

export function canFollow(next: GroupState, current: GroupState): boolean {
  return previousStates[next].includes(current);
}
