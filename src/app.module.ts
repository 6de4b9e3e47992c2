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

import { WebhookChannel } from './adapters/webhook/webhook-channel';
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
import { DeadlineCorrections } from './application/notification-corrections';
import { NotificationInbox } from './application/notification-inbox';
import {
  ListDeliveriesHandler,
  ListNotificationsHandler,
} from './application/notification-queries';
import { DeadlineReminders } from './application/notification-reminders';
import { NotificationStreams } from './application/notification-streams';
import { NotificationWording } from './application/notification-wording';
import { DescribeOrganisationHandler } from './application/organisation-commands';
import {
  CLOCK,
  EVENT_STORE,
  EVIDENCE_STORE,
  LOOKUP_KEY,
  NOTIFICATION_CHANNELS,
  READ_MODELS,
} from './application/ports';
import { ProjectionHost } from './application/projection-host';
import { ReactionHost } from './application/reaction-host';
import { ReferenceData } from './application/reference-data';
import { ChangeRoundHandler } from './application/round-commands';
import { SampleData } from './application/sample-data';
import { Standings } from './application/standings';
import type { Config } from './config';
import { SimulatedClock, SystemClock, type Clock } from './engine/clock';
import type { EventStore } from './engine/event-store';
import type { ReadModels } from './engine/read-models';
import { ConclusionController } from './http/conclusion.controller';
import { DocumentsController } from './http/documents.controller';
import { DossierActs } from './http/dossier-acts';
import { DossiersController } from './http/dossiers.controller';
import { EvidenceController } from './http/evidence.controller';
import { FalsificationController } from './http/falsification.controller';
import { HealthController } from './http/health.controller';
import { NotificationsController } from './http/notifications.controller';
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
  ListDeliveriesHandler,
  ListDossiersHandler,
  ListNotificationsHandler,
  PrecheckHandler,
  RehearseHandler,
];

const controllers = [
  FalsificationController,
  ConclusionController,
  DocumentsController,
  DossiersController,
  EvidenceController,
  HealthController,
  NotificationsController,
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
    private readonly reactions: ReactionHost,
    private readonly streams: NotificationStreams,
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
        DeadlineCorrections,
        DeadlineReminders,
        DossierActs,
        DossierIds,
        Evidence,
        FactFinder,
        FalsificationConsequences,
        NotificationInbox,
        NotificationStreams,
        NotificationWording,
        ProjectionHost,
        ReactionHost,
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
    await this.reactions.start();
  }

  /** What was accepted is finished; what reads the log stops where it stands. */
  async beforeApplicationShutdown(): Promise<void> {
    this.streams.stop();
    await this.closings.stop();
    await this.reactions.stop();
    await this.projections.stop();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.store.close();
    await this.readModels.close();
  }
}

function ports(config: Config): Provider[] {
  const { simulatedNow, lookupKey, webhook } = config;
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
    {
      provide: NOTIFICATION_CHANNELS,
      useFactory: (clock: Clock) => (webhook === null ? [] : [new WebhookChannel(clock, webhook)]),
      inject: [CLOCK],
    },
  ];
}
