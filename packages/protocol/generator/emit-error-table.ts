import { indent, listInBraces } from './code-lines.ts';

interface KafkaErrorDefinition {
  readonly errorCode: number;
  readonly name: string;
  readonly retriable: boolean;
  readonly summary: string;
}

/** Parses `definitions/errors.def`: `CODE NAME [retriable] [: what it means]`. */
export function parseErrorTable(text: string): KafkaErrorDefinition[] {
  return text
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.startsWith('#'))
    .map((line) => {
      const match = /^\s*(-?\d+) ([A-Z_0-9]+)( retriable)?(?:: (.+))?$/.exec(line);
      if (match === null) throw new Error(`errors.def: "${line}" is not "CODE NAME [retriable]: SUMMARY"`);
      return {
        errorCode: Number(match[1]),
        name: match[2] as string,
        retriable: match[3] !== undefined,
        summary: match[4] ?? '',
      };
    });
}

/** The module with every error code of the wire. */
export function emitErrorTable(text: string): string {
  const errors = parseErrorTable(text);
  const codes = errors.map((error) => `  ${error.name}: ${error.errorCode},`);
  const rows = errors.flatMap(({ name, retriable, summary }) => {
    const quote = summary.includes("'") ? '"' : "'";
    const fields = [`name: '${name}'`, `retriable: ${retriable}`, `summary: ${quote}${summary}${quote}`];
    return indent(listInBraces('', fields, ','));
  });
  return `// Generated from definitions/errors.def by "npm run generate -w packages/protocol". Do not edit.

/** Every error code of the wire by Kafka's name. */
export const ErrorCode = {
${codes.join('\n')}
} as const;

/** Name, retriable flag and meaning of every error, in order of its code; the first is -1. */
export const errorRows: readonly {
  readonly name: keyof typeof ErrorCode;
  readonly retriable: boolean;
  readonly summary: string;
}[] = [
${rows.join('\n')}
];
`;
}
