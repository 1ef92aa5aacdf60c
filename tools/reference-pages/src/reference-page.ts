import { join } from 'node:path';

/** A page of Markdown: its parts with an empty line between them. */
export function referencePage(...parts: readonly string[]): string {
  return `${parts.join('\n\n')}\n`;
}

/** Where the page `name` of docs/reference is on this disk. */
export function referenceFile(name: string): string {
  return join(import.meta.dirname, '../../../docs/reference', name);
}
