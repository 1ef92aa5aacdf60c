import { KafkaError } from '@millrace/protocol';
import { RE2JS } from 're2js';
import type { TopicsImage } from '../../metadata/cluster-image.ts';
import { MAX_TOPIC_REGEX_CHARS } from '../group-limits.ts';

/**
 * Checks a regular expression of a subscription. @throws KafkaError INVALID_REGULAR_EXPRESSION
 */
export function checkTopicRegex(regex: string): void {
  compile(regex);
}

/** The topics whose whole name the expression matches, in alphabetical order. */
export function resolveTopicRegex(regex: string, { byName }: TopicsImage): string[] {
  const pattern = compile(regex);
  return [...byName.keys()].filter((name) => pattern.matches(name)).toSorted();
}

/** RE2: linear time whatever the expression says, so that nobody can stop the broker with one. */
function compile(regex: string): RE2JS {
  if (regex.length > MAX_TOPIC_REGEX_CHARS) {
    const text = `SubscribedTopicRegex has ${regex.length} characters, at most ${MAX_TOPIC_REGEX_CHARS} are allowed.`;
    throw new KafkaError('INVALID_REGULAR_EXPRESSION', text);
  }
  try {
    return RE2JS.compile(regex);
  } catch (cause) {
    const text = cause instanceof Error ? cause.message : String(cause);
    // The expression itself is named already.
    const reason = text.replace('error parsing regexp: ', '').replace(/: `.*`$/s, '');
    const message = `SubscribedTopicRegex \`${regex}\` is not a valid regular expression: ${reason}.`;
    throw new KafkaError('INVALID_REGULAR_EXPRESSION', message, { cause });
  }
}
