import { PropertiesFileError } from './errors.ts';

/**
 * Parses the text of a `.properties` file as `java.util.Properties` does: `#` and `!` comments, `=`, `:` or white
 * space as separator, a trailing backslash continues the line, `\uXXXX` and the usual escapes. The last of several
 * equal keys wins.
 * @param source Named in errors, usually the file's path.
 * @throws PropertiesFileError
 */
export function parsePropertiesFile(text: string, source: string): Record<string, string> {
  const properties = new Map<string, string>();
  for (const { line, number } of logicalLines(text)) {
    const end = keyEnd(line);
    const rest = line.slice(end).replace(/^[\t\f ]*[=:]?[\t\f ]*/, '');
    properties.set(unescape(line.slice(0, end), source, number), unescape(rest, source, number).trimEnd());
  }
  return Object.fromEntries(properties);
}

function* logicalLines(text: string): Generator<{ line: string; number: number }> {
  const lines = text.split(/\r\n|[\n\r]/);
  for (let index = 0; index < lines.length; index++) {
    let line = lines[index]!.replace(/^[\t\f ]+/, '');
    if (line === '' || line.startsWith('#') || line.startsWith('!')) continue;
    const number = index + 1;
    while (/(^|[^\\])(\\\\)*\\$/.test(line)) {
      index++;
      line = line.slice(0, -1) + (lines[index] ?? '').replace(/^[\t\f ]+/, '');
      if (index >= lines.length) break;
    }
    yield { line, number };
  }
}

function keyEnd(line: string): number {
  for (let index = 0; index < line.length; index++) {
    if (line[index] === '\\') index++;
    else if (/[=:\t\f ]/.test(line[index]!)) return index;
  }
  return line.length;
}

const escapes: Readonly<Record<string, string>> = { t: '\t', n: '\n', r: '\r', f: '\f' };

function unescape(text: string, source: string, line: number): string {
  return text.replace(/\\(u[0-9a-fA-F]{4}|u|[^])/g, (_, escape: string) => {
    if (escape === 'u') throw new PropertiesFileError(source, line, 'malformed \\uXXXX escape');
    if (escape.length === 5) return String.fromCharCode(Number.parseInt(escape.slice(1), 16));
    return escapes[escape] ?? escape;
  });
}
