/**
 * Throws unless `condition` holds. For what only a defect of this package can break, never for input; the text carries
 * the values that a reader of the stack trace would ask for.
 */
export function invariant(condition: boolean, text: string): asserts condition {
  if (!condition) throw new Error(`Invariant of the coordinator broken: ${text}`);
}
