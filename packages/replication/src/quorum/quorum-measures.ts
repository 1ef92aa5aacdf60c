import { RecentSamples } from '../measure/recent-samples.ts';
import type { QuorumRole } from './quorum-role.ts';

/** What one node has done for the metadata log lately: a few additions for each batch and each election. Pure. */
export class QuorumMeasures {
  /** Records that it wrote as the leader. */
  readonly appended = new RecentSamples();
  /** Records that it had from the leader. */
  readonly fetched = new RecentSamples();
  /** From the append of a batch until a majority has it, in milliseconds. */
  readonly commitMs = new RecentSamples();
  /** From standing for election until there is a leader, in milliseconds. */
  readonly electionMs = new RecentSamples();
  #stoodAtMs: number | undefined;
  #role: QuorumRole | undefined;

  /** An input that came at `nowMs` was looked at; `role` is what this node is after it. */
  onRole(role: QuorumRole, nowMs: number): void {
    if (role === this.#role) return;
    this.#role = role;
    // A quorum of one stands and is elected in the same moment.
    const stands = role.name === 'prospective' || role.name === 'candidate' || role.name === 'leader';
    if (stands) this.#stoodAtMs ??= nowMs;
  }

  /** What the input has decided is durable. */
  onDurable(role: QuorumRole, nowMs: number): void {
    if (this.#stoodAtMs === undefined || (role.name !== 'leader' && role.name !== 'follower')) return;
    this.electionMs.record(nowMs - this.#stoodAtMs, nowMs);
    this.#stoodAtMs = undefined;
  }
}
