/** A record of `__consumer_offsets` that there is one of in a group. The key is everything but the value. */
export interface RecordOfGroup<Type extends string, Value> {
  readonly type: Type;
  readonly groupId: string;
  /** null is a tombstone. */
  readonly value: Value | null;
}

/** One that there is one of for each member of a group. */
export interface RecordOfMember<Type extends string, Value> extends RecordOfGroup<Type, Value> {
  readonly memberId: string;
}
