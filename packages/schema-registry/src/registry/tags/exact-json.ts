/** What a reviver learns about a value beside the value, in engines that pass it (Node 22 and later). */
interface ReviverContext {
  readonly source?: string;
}

interface JsonWithSource {
  parse(text: string, reviver: (key: string, value: unknown, context: ReviverContext) => unknown): unknown;
  rawJSON(text: string): unknown;
}

const json = JSON as unknown as JsonWithSource;

/** `JSON.parse` that keeps numbers JavaScript cannot hold: `JSON.stringify` writes them as they were. */
export function parseExactJson(text: string): unknown {
  return json.parse(text, (_key, value, { source }) => {
    const isChanged = typeof value === 'number' && source !== undefined && String(value) !== source;
    return isChanged ? json.rawJSON(source) : value;
  });
}
