/** One spelling for each address: IPv4 in IPv6 as IPv4, IPv6 in its shortest form. ACLs name hosts by it. */
export function hostAddress(text: string): string {
  if (!text.includes(':')) return text;
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(text);
  if (mapped !== null) return mapped[1]!;
  const withoutZone = text.replace(/%.*$/, '');
  return URL.canParse(`http://[${withoutZone}]`)
    ? new URL(`http://[${withoutZone}]`).hostname.slice(1, -1)
    : text;
}
