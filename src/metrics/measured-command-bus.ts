import { Injectable, type DynamicModule } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import {
  CommandBus,
  CqrsModule,
  type AsyncContext,
  type Command,
  type CqrsModuleOptions,
} from '@nestjs/cqrs';

import { StoreUnavailable } from '../engine/event-store';
import type { Outcome } from '../engine/execute';
import { Metrics } from './metrics';

/** Counts every command, whoever gave it: a person, a closing, a consequence. */
@Injectable()
export class MeasuredCommandBus extends CommandBus {
  /** The first two are the base's, and are injected as they are there. */
  constructor(
    moduleRef: ModuleRef,
    options: CqrsModuleOptions,
    private readonly metrics: Metrics,
  ) {
    super(moduleRef, options);
  }

  override async execute<R>(command: Command<R>, context?: AsyncContext): Promise<R> {
    const type = typeOf(command);
    try {
      const result = await super.execute(command, context);
      this.metrics.commands.inc({ type, outcome: kindOf(result) });
      return result;
    } catch (error) {
      const outcome = error instanceof StoreUnavailable ? 'unavailable' : 'failed';
      this.metrics.commands.inc({ type, outcome });
      throw error;
    }
  }
}

/** Nest's module, with the measured bus in the place of its own. */
export function measuredCqrs(metrics: Metrics): DynamicModule {
  const cqrs = CqrsModule.forRoot();
  return {
    ...cqrs,
    providers: [
      ...(cqrs.providers ?? []),
      { provide: Metrics, useValue: metrics },
      { provide: CommandBus, useClass: MeasuredCommandBus },
    ],
  };
}

/** What is asked of a dossier or a case is named inside the command. */
function typeOf(command: object): string {
  const inner = 'command' in command ? (command.command as { readonly type?: unknown }) : {};
  return typeof inner.type === 'string' ? inner.type : command.constructor.name;
}

type Kind = Outcome<unknown, never, unknown>['kind'];

const kinds: readonly string[] = [
  'accepted',
  'refused',
  'stale',
  'identity-reused',
  'unknown',
] satisfies readonly Kind[];

function kindOf(result: unknown): string {
  if (typeof result !== 'object' || result === null) return 'other';
  if ('outcome' in result) return kindOf(result.outcome);
  const kind = 'kind' in result ? String(result.kind) : '';
  return kinds.includes(kind) ? kind : 'other';
}
