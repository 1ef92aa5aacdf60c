/** The SCRAM mechanisms with Kafka's numbers of them. */
export const scramMechanisms = {
  'SCRAM-SHA-256': { id: 1, digest: 'sha256', keyBytes: 32, minIterations: 4096, maxIterations: 16384 },
  'SCRAM-SHA-512': { id: 2, digest: 'sha512', keyBytes: 64, minIterations: 4096, maxIterations: 16384 },
} as const;

export type ScramMechanismName = keyof typeof scramMechanisms;

export function isScramMechanism(name: string): name is ScramMechanismName {
  return Object.hasOwn(scramMechanisms, name);
}

/** `undefined` for a number that means no mechanism. */
export function scramMechanismById(id: number): ScramMechanismName | undefined {
  return (Object.keys(scramMechanisms) as ScramMechanismName[]).find(
    (name) => scramMechanisms[name].id === id,
  );
}
