import {
  Inject,
  Module,
  type BeforeApplicationShutdown,
  type DynamicModule,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
  type Provider,
} from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';

import { WindowClosings } from './application/closings';
import { ActOnDossierHandler } from './application/dossier-commands';
import { DossierIds } from './application/dossier-ids';
import {
  GetChangesHandler,
  GetDossierHandler,
  GetSubmissionHandler,
  PrecheckHandler,
  RehearseHandler,
} from './application/dossier-queries';
import { Evidence } from './application/evidence';
import { FactFinder } from './application/facts';
import { ActOnCaseHandler } from './application/falsification';
import { FalsificationConsequences } from './application/falsification-consequences';
import {
  GetAuditEventsHandler,
  GetQueueHandler,
  ListDossiersHandler,
} from './application/list-queries';
import { DescribeOrganisationHandler } from './application/organisation-commands';
import { CLOCK, EVENT_STORE, EVIDENCE_STORE, LOOKUP_KEY, READ_MODELS } from './application/ports';
import { ProjectionHost } from './application/projection-host';
import { ReferenceData } from './application/reference-data';
import { ChangeRoundHandler } from './application/round-commands';
import { SampleData } from './application/sample-data';
import { Standings } from './application/standings';
import type { Config } from './config';
import { SimulatedClock, SystemClock } from './engine/clock';
import type { EventStore } from './engine/event-store';
import type { ReadModels } from './engine/read-models';
import { ConclusionController } from './http/conclusion.controller';
import { DossierActs } from './http/dossier-acts';
import { DossiersController } from './http/dossiers.controller';
import { EvidenceController } from './http/evidence.controller';
import { FalsificationController } from './http/falsification.controller';
import { HealthController } from './http/health.controller';
import { OrganisationsController } from './http/organisations.controller';
import { PublicityController } from './http/publicity.controller';
import { ReviewController } from './http/review.controller';
import { RoundsController } from './http/rounds.controller';
import { SimulationController } from './http/simulation.controller';
import { SubmissionsController } from './http/submissions.controller';
import { WorkController } from './http/work.controller';
import { openEventStore, openEvidenceStore, openReadModels } from './stores';

const CONFIG = Symbol('Config');

const handlers = [
  ActOnCaseHandler,
  ActOnDossierHandler,
  ChangeRoundHandler,
  DescribeOrganisationHandler,
  GetAuditEventsHandler,
  GetChangesHandler,
  GetDossierHandler,
  GetQueueHandler,
  GetSubmissionHandler,
  ListDossiersHandler,
  PrecheckHandler,
  RehearseHandler,
];

const controllers = [
  FalsificationController,
  ConclusionController,
  DossiersController,
  EvidenceController,
  HealthController,
  OrganisationsController,
  PublicityController,
  ReviewController,
  RoundsController,
  SubmissionsController,
  WorkController,
];

/** The whole service. */
@Module({})
export class AppModule
  implements OnApplicationBootstrap, BeforeApplicationShutdown, OnApplicationShutdown
{
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(READ_MODELS) private readonly readModels: ReadModels,
    private readonly samples: SampleData,
    private readonly projections: ProjectionHost,
    private readonly closings: WindowClosings,
  ) {}

  static forRoot(config: Config): DynamicModule {
    const simulated = config.simulatedNow !== null;
    return {
      module: AppModule,
      imports: [CqrsModule.forRoot()],
      controllers: [...controllers, ...(simulated ? [SimulationController] : [])],
      providers: [
        { provide: CONFIG, useValue: config },
        ...ports(config),
        ...handlers,
        DossierActs,
        DossierIds,
        Evidence,
        FactFinder,
        FalsificationConsequences,
        ProjectionHost,
        ReferenceData,
        SampleData,
        Standings,
        WindowClosings,
      ],
    };
  }

  async onApplicationBootstrap(): Promise<void> {
    const { environment, simulatedNow } = this.config;
    if (environment !== 'production') {
      await this.samples.provide({ practice: simulatedNow === null });
    }
    this.projections.start();
    this.closings.start();
  }

  /** What was accepted is finished; what reads the log stops where it stands. */
  async beforeApplicationShutdown(): Promise<void> {
    await this.closings.stop();
    await this.projections.stop();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.store.close();
    await this.readModels.close();
  }
}

function ports(config: Config): Provider[] {
  const { simulatedNow, lookupKey } = config;
  return [
    {
      provide: CLOCK,
      useFactory: () =>
        simulatedNow === null ? new SystemClock() : new SimulatedClock(simulatedNow),
    },
    { provide: EVENT_STORE, useFactory: () => openEventStore(config) },
    { provide: READ_MODELS, useFactory: () => openReadModels(config) },
    { provide: EVIDENCE_STORE, useFactory: () => openEvidenceStore(config) },
    { provide: LOOKUP_KEY, useValue: lookupKey },
  ];
}
