/** Whether every member of one set is in the other. */
export function isSubset(part: ReadonlySet<string>, whole: ReadonlySet<string>): boolean {
  return part.size <= whole.size && [...part].every((member) => whole.has(member));
}
