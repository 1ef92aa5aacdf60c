import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { GroupTranscript } from './testing/group-transcript.ts';

const folder = join(import.meta.dirname, 'group-state-machine.transcripts');

/** Lines that begin with a letter are commands, `#` comments, `set` options; everything indented is what came of them. */
function replay(text: string): string {
  let transcript = new GroupTranscript();
  const lines: string[] = [];
  for (const line of text.split('\n')) {
    if (line.startsWith('  ')) continue;
    lines.push(line);
    if (line.startsWith('set ')) {
      transcript = new GroupTranscript(
        JSON.parse(line.slice(4)) as { initialDelayMs?: number; maxSize?: number },
      );
    } else if (line !== '' && !line.startsWith('#')) {
      lines.push(...transcript.run(line));
    }
  }
  return lines.join('\n');
}

describe('the life of a group', () => {
  it.each(readdirSync(folder))('%s goes as written', (name) => {
    const path = join(folder, name);
    const expected = readFileSync(path, 'utf8');
    const actual = replay(expected);
    if (process.env.UPDATE === '1') writeFileSync(path, actual);
    else expect(actual).toBe(expected);
  });
});
