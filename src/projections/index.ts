import type { Projection } from '../engine/projection';
import { auditTrail } from './audit-trail';
import { caseload } from './caseload';
import { checkpoints } from './checkpoints';
import { deliveries } from './deliveries';
import { deliveryCounts } from './delivery-counts';
import { dossiers } from './dossiers';
import { falsificationCases } from './falsification-cases';
import { evidenceUses } from './investigation/evidence-uses';
import { leads } from './investigation/leads';
import { notifications } from './notifications';
import { reportCounters } from './reports';
import { reviewQueue } from './review-queue';
import { stageCounts } from './stage-counts';

/** Every read model that is kept from the log. */
export const projections: readonly Projection[] = [
  dossiers,
  caseload,
  reviewQueue,
  stageCounts,
  auditTrail,
  checkpoints,
  falsificationCases,
  evidenceUses,
  leads,
  notifications,
  deliveries,
  deliveryCounts,
  reportCounters,
];
