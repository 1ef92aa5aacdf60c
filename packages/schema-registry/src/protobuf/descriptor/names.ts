/** `order_id` as `orderId`: the JSON name that a field has when none is written. */
export function defaultJsonName(fieldName: string): string {
  return fieldName.replace(/_+(.?)/g, (_, next: string) => capitalised(next));
}

/** `order_id` as `OrderIdEntry`: the message that stands behind a map field. */
export function mapEntryName(fieldName: string): string {
  return `${capitalised(defaultJsonName(fieldName))}Entry`;
}

/** Only ASCII letters have a capital here, as in protoc. */
function capitalised(text: string): string {
  return text.replace(/^[a-z]/, (letter) => letter.toUpperCase());
}
