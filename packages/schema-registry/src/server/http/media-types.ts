/** What the API speaks, the most specific first. All three are the same JSON. */
export const mediaTypes = [
  'application/vnd.schemaregistry.v1+json',
  'application/vnd.schemaregistry+json',
  'application/json',
] as const;

/** What requests may also say, such as curl without a header. */
export const anonymousMediaTypes = ['application/octet-stream', 'application/x-www-form-urlencoded'] as const;

interface Range {
  readonly type: string;
  readonly quality: number;
}

/** The media type of the answer, or undefined when none of ours is asked for. */
export function chooseMediaType(accept: string | undefined): string | undefined {
  if (accept === undefined || accept.trim() === '') return mediaTypes[0];
  const ranges = accept
    .split(',')
    .map(readRange)
    .toSorted((left, right) => right.quality - left.quality);
  for (const { type, quality } of ranges) {
    const match = mediaTypes.find((mediaType) => covers(type, mediaType));
    if (quality > 0 && match !== undefined) return match;
  }
  return undefined;
}

function readRange(text: string): Range {
  const [type = '', ...parameters] = text.split(';').map((part) => part.trim().toLowerCase());
  const quality = parameters.find((parameter) => parameter.startsWith('q='));
  return { type, quality: quality === undefined ? 1 : Number(quality.slice(2)) };
}

function covers(range: string, mediaType: string): boolean {
  return range === '*/*' || range === mediaType || range === 'application/*';
}
