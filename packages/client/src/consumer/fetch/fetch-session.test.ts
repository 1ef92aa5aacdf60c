import { describe, expect, it } from 'vitest';
import { FetchSession, type FetchSessionRequest, type FetchTarget } from './fetch-session.ts';

/** `a-0@5`: partition 0 of topic a from offset 5. */
function target(text: string, more: Partial<FetchTarget> = {}): FetchTarget {
  const [, topic = '', partition, offset] = /^(\w+)-(\d+)@(\d+)$/.exec(text) ?? [];
  return {
    topic,
    topicId: `id-${topic}`,
    partition: Number(partition),
    fetchOffset: Number(offset),
    currentLeaderEpoch: 0,
    maxBytes: 1000,
    ...more,
  };
}

function targets(text: string): FetchTarget[] {
  return text.split(' ').map((one) => target(one));
}

function shown({ sessionId, sessionEpoch, targets: asked, forgotten }: FetchSessionRequest): string {
  const names = asked.map(({ topic, partition, fetchOffset }) => `${topic}-${partition}@${fetchOffset}`);
  const gone = forgotten.map(({ topic, partition }) => `-${topic}-${partition}`);
  return [`${sessionId}/${sessionEpoch}`, ...names, ...gone].join(' ');
}

describe('a fetch session', () => {
  it('names everything at first, and then only what has changed', () => {
    const session = new FetchSession();
    expect(shown(session.request(targets('a-0@0 a-1@0 b-0@7'), true))).toBe('0/0 a-0@0 a-1@0 b-0@7');
    session.accepted(9);
    expect(shown(session.request(targets('a-0@5 a-1@0 b-0@7'), true))).toBe('9/1 a-0@5');
    session.accepted(9);
    expect(shown(session.request(targets('a-0@5 b-0@7 c-0@1'), true))).toBe('9/2 c-0@1 -a-1');
    session.accepted(9);
    expect(shown(session.request(targets('a-0@5 b-0@7 c-0@1'), true))).toBe('9/3');
  });

  it('stays without one as long as the broker has no room for it', () => {
    const session = new FetchSession();
    session.request(targets('a-0@0'), true);
    session.accepted(0);
    expect(shown(session.request(targets('a-0@0'), true))).toBe('0/0 a-0@0');
  });

  it('starts over, ending the old session, when an answer got lost', () => {
    const session = new FetchSession();
    session.request(targets('a-0@0'), true);
    session.accepted(9);
    session.request(targets('a-0@5'), true);
    session.reset();
    expect(shown(session.request(targets('a-0@5'), true))).toBe('9/0 a-0@5');
    session.accepted(10);
    expect(shown(session.request(targets('a-0@5'), true))).toBe('10/1');
  });

  it('starts over from nothing when the broker does not know it', () => {
    const session = new FetchSession();
    session.request(targets('a-0@0'), true);
    session.accepted(9);
    session.forget();
    expect(shown(session.request(targets('a-0@0'), true))).toBe('0/0 a-0@0');
  });

  it('cannot change between topic names and topic ids', () => {
    const session = new FetchSession();
    session.request(targets('a-0@0'), true);
    session.accepted(9);
    expect(shown(session.request(targets('a-0@0'), false))).toBe('9/0 a-0@0');
  });

  it('forgets the old topic when one of the same name has taken its place', () => {
    const session = new FetchSession();
    session.request(targets('a-0@5'), true);
    session.accepted(9);
    const request = session.request([target('a-0@0', { topicId: 'new' })], true);
    expect(request.targets.map(({ topicId }) => topicId)).toEqual(['new']);
    expect(request.forgotten.map(({ topicId }) => topicId)).toEqual(['id-a']);
  });

  it('names a partition again when its leader epoch or limit has changed', () => {
    const session = new FetchSession();
    session.request(targets('a-0@5 b-0@5'), true);
    session.accepted(9);
    const changed = [target('a-0@5', { currentLeaderEpoch: 1 }), target('b-0@5', { maxBytes: 1 })];
    expect(shown(session.request(changed, true))).toBe('9/1 a-0@5 b-0@5');
  });
});
