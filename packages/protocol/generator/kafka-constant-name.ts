/** `OffsetForLeaderEpoch` -> `OFFSET_FOR_LEADER_EPOCH`, as Kafka's own constants are written. */
export function kafkaConstantName(name: string): string {
  return name.replaceAll(/(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/g, '_').toUpperCase();
}
