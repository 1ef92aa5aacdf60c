/** What a new schema must be able to do, and against which older ones. */
export const compatibilityLevels = [
  'NONE',
  'BACKWARD',
  'BACKWARD_TRANSITIVE',
  'FORWARD',
  'FORWARD_TRANSITIVE',
  'FULL',
  'FULL_TRANSITIVE',
] as const;

export type CompatibilityLevel = (typeof compatibilityLevels)[number];

/** In any letter case; undefined for anything else. */
export function compatibilityLevelOf(name: string): CompatibilityLevel | undefined {
  return compatibilityLevels.find((level) => level === name.toUpperCase());
}

export interface CompatibilityDemand {
  /** The new schema reads what was written with the old one. */
  readonly readsOld: boolean;
  /** The old schema reads what is written with the new one. */
  readonly isReadByOld: boolean;
  /** Against every live version, not against the latest one alone. */
  readonly isTransitive: boolean;
}

export function demandOf(level: CompatibilityLevel): CompatibilityDemand {
  return {
    readsOld: /^(BACKWARD|FULL)/.test(level),
    isReadByOld: /^(FORWARD|FULL)/.test(level),
    isTransitive: level.endsWith('_TRANSITIVE'),
  };
}
