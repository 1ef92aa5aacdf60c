import { CliError } from '../cli-error.ts';

/** Collects repeated `--set key=value` options. @throws CliError for text without `=` */
export function collectAssignment(
  text: string,
  previous: Readonly<Record<string, string>> = {},
): Record<string, string> {
  const at = text.indexOf('=');
  if (at < 1) throw CliError.usage(`"${text}" is not of the form key=value`);
  return { ...previous, [text.slice(0, at).trim()]: text.slice(at + 1) };
}
