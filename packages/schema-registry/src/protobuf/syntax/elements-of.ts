type OfKind<E extends { readonly kind: string }, K extends E['kind']> = Extract<E, { readonly kind: K }>;

/** The elements of one kind, in their order. */
export function elementsOf<E extends { readonly kind: string }, K extends E['kind']>(
  elements: readonly E[],
  kind: K,
): readonly OfKind<E, K>[] {
  return elements.filter((element): element is OfKind<E, K> => element.kind === kind);
}
