import { ErrorCode, kafkaErrorName, type KafkaErrorName } from '@millrace/protocol';
import { ClassicMembership, type MembershipOptions } from '../group/classic-membership.ts';
import type { MembershipEffect, MembershipEvent } from '../group/membership-protocol.ts';

const defaults: MembershipOptions = {
  groupInstanceId: null,
  heartbeatIntervalMs: 3000,
  sessionTimeoutMs: 45_000,
  maxPollIntervalMs: 300_000,
  retryBackoffMs: 100,
  retryBackoffMaxMs: 1000,
};

/**
 * Drives a membership by lines of text:
 *
 *     poll | tick | advance MS | prepared | completed [REASON] | rejoin REASON | leave REASON
 *     join ok gen=N id=ID leader=ID [skip] | join ERROR [id=ID]
 *     assigned | sync ok | sync ERROR | heartbeat ok|ERROR [gen=N] | commit ERROR [gen=N]
 *     lost join|sync|heartbeat
 */
export class MembershipTranscript {
  readonly #membership: ClassicMembership;
  #nowMs = 0;

  constructor(options: Partial<MembershipOptions> = {}) {
    this.#membership = new ClassicMembership({ ...defaults, ...options });
  }

  /** @returns what came of it, one line per effect, then the state. */
  run(line: string): string[] {
    const [command = '', ...words] = line.split(' ');
    if (command === 'advance') this.#nowMs += Number(words[0]);
    const effects = this.#membership.step(this.#event(command, words), this.#nowMs);
    return [...effects.map((effect) => `  ${effectText(effect)}`), `  = ${this.#state()}`];
  }

  #event(command: string, words: readonly string[]): MembershipEvent {
    const rest = words.join(' ');
    const generationId = Number(option(words, 'gen') ?? this.#membership.generation?.generationId ?? -1);
    switch (command) {
      case 'poll':
        return { type: 'polled' };
      case 'tick':
      case 'advance':
        return { type: 'ticked' };
      case 'prepared':
        return { type: 'prepared' };
      case 'completed':
        return rest === '' ? { type: 'completed' } : { type: 'completed', rejoinReason: rest };
      case 'rejoin':
        return { type: 'rejoinRequested', reason: rest };
      case 'leave':
        return { type: 'left', reason: rest };
      case 'join':
        return { type: 'joinAnswered', answer: joinAnswer(words, generationId) };
      case 'assigned':
        return { type: 'assignmentComputed', assignments: new Map([['m1', Buffer.from('A')]]) };
      case 'sync':
        return { type: 'syncAnswered', answer: syncAnswer(words) };
      case 'heartbeat':
        return { type: 'heartbeatAnswered', errorCode: errorCode(words[0]), generationId };
      case 'commit':
        return { type: 'commitRefused', errorCode: errorCode(words[0]), generationId };
      case 'lost':
        return { type: 'requestFailed', request: words[0] as 'join' | 'sync' | 'heartbeat' };
      default:
        throw new Error(`Unknown command "${command}"`);
    }
  }

  #state(): string {
    const { phase, generation, memberId, nextWakeupMs, wantsPoll, isGenerationLost } = this.#membership;
    return [
      phase,
      generation === undefined ? 'no generation' : `generation ${generation.generationId}`,
      memberId === '' ? 'no member id' : `member ${memberId}`,
      ...(isGenerationLost ? ['lost'] : []),
      ...(wantsPoll ? ['wants a poll'] : []),
      ...(nextWakeupMs === Infinity ? [] : [`wakes in ${nextWakeupMs - this.#nowMs} ms`]),
    ].join(', ');
  }
}

function joinAnswer(words: readonly string[], generationId: number) {
  return {
    errorCode: errorCode(words[0]),
    generationId,
    protocolType: option(words, 'type') ?? 'consumer',
    protocolName: 'range',
    leader: option(words, 'leader') ?? '',
    skipAssignment: words.includes('skip'),
    memberId: option(words, 'id') ?? '',
    members: [],
  };
}

function syncAnswer(words: readonly string[]) {
  return {
    errorCode: errorCode(words[0]),
    protocolType: 'consumer',
    protocolName: option(words, 'protocol') ?? 'range',
    assignment: Buffer.from('A'),
  };
}

function errorCode(word: string | undefined): number {
  return word === 'ok' ? ErrorCode.NONE : ErrorCode[word as KafkaErrorName];
}

function option(words: readonly string[], name: string): string | undefined {
  return words.find((word) => word.startsWith(`${name}=`))?.slice(name.length + 1);
}

function effectText(effect: MembershipEffect): string {
  switch (effect.type) {
    case 'prepare':
      return effect.generationLost ? 'prepare, generation lost' : 'prepare';
    case 'sendJoin':
      return `send join as "${effect.memberId}": ${effect.reason}`;
    case 'computeAssignment':
      return `compute assignment with ${effect.protocolName}`;
    case 'sendSync':
      return `send sync of generation ${effect.generation.generationId}, ${effect.assignments.size} assignments`;
    case 'sendHeartbeat':
      return `send heartbeat of generation ${effect.generation.generationId}`;
    case 'sendLeave':
      return `send leave of "${effect.memberId}": ${effect.reason}`;
    case 'complete':
      return `complete generation ${effect.generation.generationId}`;
    case 'forgetCoordinator':
      return 'forget coordinator';
    case 'fail':
      return `fail with ${kafkaErrorName(effect.errorCode)}`;
  }
}
