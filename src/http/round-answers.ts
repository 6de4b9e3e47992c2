import type { ApiBodyOptions } from '@nestjs/swagger';

import type { Position } from '../engine/event-store';
import type { Instant } from '../engine/instant';
import {
  filingWindow,
  isAfter,
  isBefore,
  reviewWindow,
  type Level,
  type Policy,
  type Window,
} from '../rounds/policy';
import { policy2022 } from '../rounds/policy-2022';
import { policySchema } from '../rounds/policy.schema';
import type { PolicyVersion } from '../rounds/rounds';

type WindowView = Window & { readonly state: 'not-open' | 'open' | 'closed' };

export interface RoundView {
  readonly round: string;
  readonly title: string;
  readonly levels: readonly Level[];
  readonly windows: { readonly filing: WindowView; readonly review: WindowView };
  readonly policyVersion: number;
}

export function roundView({ version, policy }: PolicyVersion, now: Instant): RoundView {
  const { round, title, levels } = policy;
  const windows = {
    filing: windowView(filingWindow(policy), now),
    review: windowView(reviewWindow(policy), now),
  };
  return { round, title, levels, windows, policyVersion: version };
}

function windowView(window: Window, now: Instant): WindowView {
  const { opens, closes } = window;
  const state = isBefore(window, now) ? 'not-open' : isAfter(window, now) ? 'closed' : 'open';
  return { opens, closes, state };
}

/** A version, and who is answerable for it. */
interface VersionView {
  readonly version: number;
  readonly at: Instant;
  /** The person's account, or the service's own process. */
  readonly author: string;
  readonly organisation: string | null;
  readonly reason: string;
}

export interface PolicyView extends VersionView {
  readonly round: string;
  readonly policy: Policy;
  /** Every version there was, oldest first. */
  readonly versions: readonly VersionView[];
}

export function policyView(shown: PolicyVersion, versions: readonly PolicyVersion[]): PolicyView {
  const { policy } = shown;
  return {
    round: policy.round,
    ...versionView(shown),
    versions: versions.map(versionView),
    policy,
  };
}

function versionView({ version, at, author, reason }: PolicyVersion): VersionView {
  const by =
    author.kind === 'person'
      ? { author: author.subject, organisation: author.organisation }
      : { author: author.process, organisation: null };
  return { version, at, ...by, reason };
}

/** What publishing or correcting a round answers; `version` is the ETag, `position` serves Read-After. */
export class PolicyChanged {
  /** @example "2022" */
  round!: string;
  /** @example 1 */
  version!: number;
  /** @example "0000000000000042" */
  position!: Position;
}

/** The body of both commands, by the very schema it is held against. */
export function policyBody(reason: string): ApiBodyOptions {
  const schema = {
    type: 'object',
    required: ['policy', 'reason'],
    additionalProperties: false,
    properties: {
      policy: policySchema.json,
      reason: { type: 'string', minLength: 1, maxLength: 2000 },
    },
    example: { policy: policy2022, reason },
  };
  // The library's type is that of OpenAPI 3.0, which knows less of JSON Schema than 3.1.
  return { schema };
}
