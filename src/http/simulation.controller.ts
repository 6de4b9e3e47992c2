import { Body, Controller, HttpCode, Inject, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';

import { CLOCK } from '../application/ports';
import type { SimulatedClock } from '../engine/clock';
import { parseInstant, type Instant } from '../engine/instant';
import { Public } from './decorators';
import { MoveClockDto } from './dto/clock.dto';
import { Problem } from './problem';

/** Part of the service only where it was started with SIMULATED_NOW. */
@ApiTags('simulation')
@Controller('v1/simulation/clock')
export class SimulationController {
  constructor(@Inject(CLOCK) private readonly clock: SimulatedClock) {}

  /** Move the simulated clock forward */
  @Post()
  @HttpCode(200)
  @Public()
  move(@Body() { now }: MoveClockDto): { readonly now: Instant } {
    const instant = parseInstant(now);
    if (instant === undefined) {
      throw new Problem(400, 'instant-malformed', {
        zh: 'now 须为带时区的时间，如 2022-08-25T09:00:00+08:00。',
        en: 'now is an instant with its offset, like 2022-08-25T09:00:00+08:00.',
      });
    }
    if (!this.clock.moveTo(instant)) {
      throw new Problem(409, 'clock-runs-forward-only', {
        zh: `模拟时钟只能向前，现为${this.clock.now()}。`,
        en: `The simulated clock only moves forward; it stands at ${this.clock.now()}.`,
      });
    }
    return { now: this.clock.now() };
  }
}
