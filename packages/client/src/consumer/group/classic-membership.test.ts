import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { MembershipTranscript } from '../testing/membership-transcript.ts';

const folder = join(import.meta.dirname, 'classic-membership.transcripts');

/** Lines that begin with a letter are commands, `#` comments, `set` options; what is indented came of them. */
function replay(text: string): string {
  let transcript = new MembershipTranscript();
  const lines: string[] = [];
  for (const line of text.split('\n')) {
    if (line.startsWith('  ')) continue;
    lines.push(line);
    if (line.startsWith('set ')) {
      transcript = new MembershipTranscript(JSON.parse(line.slice('set '.length)) as object);
    } else if (line !== '' && !line.startsWith('#')) {
      lines.push(...transcript.run(line));
    }
  }
  return lines.join('\n');
}

describe('a classic group member', () => {
  it.each(readdirSync(folder))('%s goes as written', (name) => {
    const path = join(folder, name);
    const expected = readFileSync(path, 'utf8');
    const actual = replay(expected);
    if (process.env['UPDATE'] === '1') writeFileSync(path, actual);
    else expect(actual).toBe(expected);
  });
});
