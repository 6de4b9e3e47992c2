import type { Projection } from '../engine/projection';
import { auditTrail } from './audit-trail';
import { caseload } from './caseload';
import { deliveries } from './deliveries';
import { deliveryCounts } from './delivery-counts';
import { dossiers } from './dossiers';
import { falsificationCases } from './falsification-cases';
import { notifications } from './notifications';
import { reviewQueue } from './review-queue';
import { stageCounts } from './stage-counts';

/** Every read model that is kept from the log. */
export const projections: readonly Projection[] = [
  dossiers,
  caseload,
  reviewQueue,
  stageCounts,
  auditTrail,
  falsificationCases,
  notifications,
  deliveries,
  deliveryCounts,
];
