import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';

import { CLOCK } from '../application/ports';
import { ReferenceData } from '../application/reference-data';
import { formSchema } from '../dossier/form';
import type { Clock } from '../engine/clock';
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
import { inForce, type PolicyVersion } from '../rounds/rounds';
import { FormDto } from './dto/query.dto';
import { notFound } from './problem';

type WindowView = Window & { readonly state: 'not-open' | 'open' | 'closed' };

interface RoundView {
  readonly round: string;
  readonly title: string;
  readonly levels: readonly Level[];
  readonly windows: { readonly filing: WindowView; readonly review: WindowView };
  readonly policyVersion: number;
}

@ApiTags('rounds')
@ApiBearerAuth()
@Controller('v1/rounds')
export class RoundsController {
  constructor(
    private readonly reference: ReferenceData,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Every published round */
  @Get()
  async list(): Promise<{ readonly items: readonly RoundView[]; readonly nextCursor: null }> {
    const rounds = await this.reference.rounds();
    const now = this.clock.now();
    const items = [...rounds.keys()].flatMap((round) => {
      const current = inForce(rounds, round);
      return current ? [view(current, now)] : [];
    });
    return { items, nextCursor: null };
  }

  /** A round: its windows, levels and state */
  @Get(':round')
  async get(@Param('round') round: string): Promise<RoundView> {
    return view(await this.current(round), this.clock.now());
  }

  /** Every parameter of the rules in force, each with its clause */
  @Get(':round/policy')
  async policy(
    @Param('round') round: string,
  ): Promise<{ readonly version: number; readonly at: Instant; readonly policy: Policy }> {
    const { version, at, policy } = await this.current(round);
    return { version, at, policy };
  }

  /** JSON Schema of every section, for portals to render */
  @Get(':round/form')
  async form(@Param('round') round: string, @Query() { level }: FormDto) {
    const { policy } = await this.current(round);
    return formSchema(level, policy);
  }

  private async current(round: string): Promise<PolicyVersion> {
    const current = inForce(await this.reference.rounds(), round);
    if (current === undefined) throw notFound();
    return current;
  }
}

function view({ version, policy }: PolicyVersion, now: Instant): RoundView {
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
