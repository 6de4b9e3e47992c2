import { hkdfSync } from 'node:crypto';

import {
  Inject,
  Logger,
  Module,
  type BeforeApplicationShutdown,
  type DynamicModule,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
  type Provider,
} from '@nestjs/common';

import { WitnessFile } from './adapters/files/witness-file';
import { WebhookChannel } from './adapters/webhook/webhook-channel';
import { WebhookWitness } from './adapters/webhook/webhook-witness';
import { FollowedMerkleLog } from './application/audit/followed-merkle-log';
import { Notary } from './application/audit/notary';
import {
  GetConsistencyProofHandler,
  GetInclusionProofHandler,
  ListCheckpointsHandler,
} from './application/audit/proof-queries';
import { BackgroundWork } from './application/background-work';
import { WindowClosings } from './application/closings';
import { CommandsInHand } from './application/commands-in-hand';
import { ActOnDossierHandler } from './application/dossier-commands';
import { DossierIds } from './application/dossier-ids';
import {
  GetChangesHandler,
  GetDossierHandler,
  GetSubmissionHandler,
  PrecheckHandler,
  RehearseHandler,
} from './application/dossier-queries';
import { ErasePersonHandler, PersonErasure } from './application/erasure';
import { ErasureWatch } from './application/erasure-watch';
import { Evidence } from './application/evidence';
import { FactFinder } from './application/facts';
import { ActOnCaseHandler } from './application/falsification';
import { FalsificationConsequences } from './application/falsification-consequences';
import { GetDecisionHandler, GetTimelineHandler } from './application/investigation-dossier';
import { GetEvidenceUsesHandler } from './application/investigation-evidence';
import { ListLeadsHandler } from './application/investigation-leads';
import { GetAuditEventsHandler } from './application/investigation-trail';
import { GetQueueHandler, ListDossiersHandler } from './application/list-queries';
import { lookupKeyFits } from './application/lookup-key-check';
import { GetCaseHandler, ListCasesHandler } from './application/falsification-queries';
import { DeadlineCorrections } from './application/notification-corrections';
import { HealthCheck } from './application/health';
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
  AUDIT_SIGNER,
  CLOCK,
  EVENT_STORE,
  EVIDENCE_FILES,
  EVIDENCE_STORE,
  LEASE,
  LOOKUP_KEY,
  MERKLE_LOG,
  NOTIFICATION_CHANNELS,
  PERSON_KEYS,
  PERSONAL_DATA_CIPHER,
  RAW_EVENT_STORE,
  READ_MODELS,
  WITNESSES,
} from './application/ports';
import { PersonalDataReads } from './application/personal-data-reads';
import { ProjectionHost } from './application/projection-host';
import { ReactionHost } from './application/reaction-host';
import { ReferenceData } from './application/reference-data';
import { AskReportHandler } from './application/report-queries';
import { ChangeRoundHandler } from './application/round-commands';
import { SampleData } from './application/sample-data';
import { Standings } from './application/standings';
import { noteSigner, type NoteSigner } from './audit/note-keys';
import type { Witness } from './audit/signed-checkpoints';
import { ed25519Sha256 } from './audit/suite';
import { ConfigError, type AuditConfig, type Config } from './config';
import { SimulatedClock, SystemClock, type Clock } from './engine/clock';
import { SharedLease, SoleLease, type Lease } from './engine/lease';
import { Admission, laneNames } from './http/admission';
import { ConclusionController } from './http/conclusion.controller';
import { DocumentsController } from './http/documents.controller';
import { DossierActs } from './http/dossier-acts';
import { DossiersController } from './http/dossiers.controller';
import { EvidenceController } from './http/evidence.controller';
import { FalsificationController } from './http/falsification.controller';
import { HealthController } from './http/health.controller';
import { InvestigationController } from './http/investigation.controller';
import { watchLoopDelay } from './http/loop-delay';
import { METRICS_READERS, MetricsController } from './http/metrics.controller';
import { NotificationsController } from './http/notifications.controller';
import { OrganisationsController } from './http/organisations.controller';
import { PersonsController } from './http/persons.controller';
import { ProofsController } from './http/proofs.controller';
import { PublicityController } from './http/publicity.controller';
import { ReportsController } from './http/reports.controller';
import { ReviewController } from './http/review.controller';
import { RoundsController } from './http/rounds.controller';
import { SimulationController } from './http/simulation.controller';
import { SubmissionsController } from './http/submissions.controller';
import { WorkController } from './http/work.controller';
import { measuredCqrs } from './metrics/measured-command-bus';
import { Metrics } from './metrics/metrics';
import { RequestMetrics } from './metrics/request-metrics';
import { StateMetrics } from './metrics/state-metrics';
import type { Stores } from './stores';

const CONFIG = Symbol('Config');
const STORES = Symbol('Stores');

const handlers = [
  ActOnCaseHandler,
  ActOnDossierHandler,
  AskReportHandler,
  ChangeRoundHandler,
  DescribeOrganisationHandler,
  ErasePersonHandler,
  GetAuditEventsHandler,
  GetCaseHandler,
  GetChangesHandler,
  GetConsistencyProofHandler,
  GetDecisionHandler,
  GetDossierHandler,
  GetEvidenceUsesHandler,
  GetInclusionProofHandler,
  GetQueueHandler,
  GetSubmissionHandler,
  GetTimelineHandler,
  ListCasesHandler,
  ListCheckpointsHandler,
  ListDeliveriesHandler,
  ListDossiersHandler,
  ListLeadsHandler,
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
  InvestigationController,
  MetricsController,
  NotificationsController,
  OrganisationsController,
  PersonsController,
  ProofsController,
  PublicityController,
  ReportsController,
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
    @Inject(STORES) private readonly stores: Stores,
    private readonly samples: SampleData,
    private readonly ids: DossierIds,
    private readonly work: BackgroundWork,
    private readonly streams: NotificationStreams,
    private readonly erasures: ErasureWatch,
  ) {}

  static forRoot(config: Config, stores: Stores, metrics = new Metrics()): DynamicModule {
    const simulated = config.simulatedNow !== null;
    return {
      module: AppModule,
      imports: [measuredCqrs(metrics)],
      controllers: [...controllers, ...(simulated ? [SimulationController] : [])],
      providers: [
        { provide: CONFIG, useValue: config },
        ...ports(config, stores),
        ...measuring(config, metrics),
        ...handlers,
        BackgroundWork,
        CommandsInHand,
        DeadlineCorrections,
        DeadlineReminders,
        DossierActs,
        DossierIds,
        ErasureWatch,
        Evidence,
        FactFinder,
        FalsificationConsequences,
        HealthCheck,
        NotificationInbox,
        NotificationStreams,
        NotificationWording,
        Notary,
        PersonErasure,
        PersonalDataReads,
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
    if (!(await lookupKeyFits(this.stores.log, this.ids))) {
      throw new ConfigError([
        'LOOKUP_KEY is not the one this log was written with: no dossier would be found. Set the former one.',
      ]);
    }
    if (environment !== 'production') {
      await this.samples.provide({ practice: simulatedNow === null });
    }
    this.erasures.start();
    await this.work.begin();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.streams.stop();
    await this.erasures.stop();
    await this.work.end();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.stores.close();
  }
}

function ports(config: Config, stores: Stores): Provider[] {
  const { simulatedNow, lookupKey, webhook } = config;
  return [
    {
      provide: CLOCK,
      useFactory: () =>
        simulatedNow === null ? new SystemClock() : new SimulatedClock(simulatedNow),
    },
    { provide: STORES, useValue: stores },
    { provide: EVENT_STORE, useValue: stores.events },
    { provide: READ_MODELS, useValue: stores.readModels },
    { provide: EVIDENCE_STORE, useValue: stores.evidence },
    { provide: EVIDENCE_FILES, useValue: stores.evidenceFiles },
    { provide: PERSON_KEYS, useValue: stores.personKeys },
    { provide: PERSONAL_DATA_CIPHER, useValue: stores.cipher },
    { provide: RAW_EVENT_STORE, useValue: stores.log },
    {
      provide: MERKLE_LOG,
      useFactory: () =>
        stores.merkleLog ?? new FollowedMerkleLog(ed25519Sha256, stores.log, stores.readModels),
    },
    { provide: AUDIT_SIGNER, useFactory: () => signerOf(config.audit) },
    { provide: WITNESSES, useFactory: () => witnessesOf(config.audit) },
    { provide: LEASE, useFactory: () => leaseOf(stores) },
    { provide: LOOKUP_KEY, useValue: lookupKey },
    {
      provide: NOTIFICATION_CHANNELS,
      useFactory: (clock: Clock) => (webhook === null ? [] : [new WebhookChannel(clock, webhook)]),
      inject: [CLOCK],
    },
  ];
}

function measuring({ metricsReaders, atOnce }: Config, metrics: Metrics): Provider[] {
  return [
    { provide: Metrics, useValue: metrics },
    { provide: METRICS_READERS, useValue: metricsReaders },
    RequestMetrics,
    StateMetrics,
    { provide: Admission, useFactory: () => admissionWith(atOnce, metrics) },
  ];
}

function admissionWith(atOnce: Config['atOnce'], metrics: Metrics): Admission {
  // So that the first that is turned away shows as an increase.
  for (const lane of laneNames) metrics.shed.inc({ lane }, 0);
  return new Admission(atOnce, {
    loopDelay: watchLoopDelay(),
    onShed: (lane) => {
      metrics.shed.inc({ lane });
    },
  });
}

function leaseOf({ events, readModels, shared }: Stores): Lease {
  if (!shared) return new SoleLease();
  const log = new Logger('Lease');
  return new SharedLease(readModels, {
    name: 'background-work',
    able: () => events.head(),
    onChange: (held) => {
      if (held) log.log('does the background work');
      else log.warn('the background work is no longer here: a store did not answer in time');
    },
  });
}

/** The secret is any text; a key of its own kind is drawn from it. */
function signerOf({ key, origin }: AuditConfig): NoteSigner {
  const seed = hkdfSync('sha256', key, '', 'audit checkpoints', ed25519Sha256.seedBytes);
  return noteSigner(ed25519Sha256, origin, 'log', new Uint8Array(seed));
}

function witnessesOf({ witnessFile, witnessUrl }: AuditConfig): readonly Witness[] {
  return [
    ...(witnessFile === null ? [] : [new WitnessFile(witnessFile)]),
    ...(witnessUrl === null ? [] : [new WebhookWitness(witnessUrl)]),
  ];
}
