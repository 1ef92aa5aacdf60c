import { canRead } from '../compatibility/reader-writer-check.ts';
import { isNamed, type AvroType, type AvroUnion } from '../model/avro-type.ts';

/**
 * The branch of a reader's union that reads what a writer wrote: of those that can, the one with the same full name, then
 * the same kind, then the first. Undefined when none can.
 */
export function resolveBranch(reader: AvroUnion, writer: AvroType): AvroType | undefined {
  const able = reader.branches.filter((branch) => canRead(branch, writer));
  return (
    able.find((branch) => isNamed(branch) && isNamed(writer) && branch.name.full === writer.name.full) ??
    able.find((branch) => branch.kind === writer.kind) ??
    able[0]
  );
}
