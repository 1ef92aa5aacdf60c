/** An inclusive range of message versions. */
export interface VersionRange {
  readonly min: number;
  readonly max: number;
}

/** Parses `3`, `3-5` or `3+`; an open end is the end of `within`, and the range must lie inside of it. */
export function parseVersionRange(text: string, within: VersionRange): VersionRange {
  const match = /^(\d+)(?:(\+)|-(\d+))?$/.exec(text);
  if (match === null) throw new Error(`"${text}" is not a version range such as 3, 3-5 or 3+`);
  const min = Number(match[1]);
  const max = match[2] === '+' ? within.max : Number(match[3] ?? match[1]);
  if (min > max || min < within.min || max > within.max) {
    throw new Error(`versions ${text} are not inside ${within.min}-${within.max}`);
  }
  return { min, max };
}

export function isSameRange(one: VersionRange, other: VersionRange): boolean {
  return one.min === other.min && one.max === other.max;
}

/**
 * The TypeScript condition for "`version` is inside `inner`" where it is known to be inside `outer`; undefined when that
 * is always true.
 */
export function versionCondition(inner: VersionRange, outer: VersionRange): string | undefined {
  const conditions: string[] = [];
  if (inner.min === inner.max && inner.min > outer.min && inner.max < outer.max)
    return `version === ${inner.min}`;
  if (inner.min > outer.min) conditions.push(`version >= ${inner.min}`);
  if (inner.max < outer.max) conditions.push(`version <= ${inner.max}`);
  return conditions.length === 0 ? undefined : conditions.join(' && ');
}
