/**
 * A batch was appended, and then this node stopped to lead the partition before the high watermark had covered it. The
 * next leader may have it, or have it cut off: what it is the end of is told by the next replay, by nothing else.
 */
export class AppendInDoubtError extends Error {
  constructor(cause: unknown) {
    super('Nobody knows whether the append will last', { cause });
  }
}
