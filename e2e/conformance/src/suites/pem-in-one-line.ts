/** PEM as a value of a properties file. */
export function pemInOneLine(pem: string): string {
  return pem.trim().replaceAll('\n', String.raw`\n`);
}
