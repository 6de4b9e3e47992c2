import type { RecordedEvent } from '../engine/event-store';
import type { DossierEvent, DossierEventType } from './events';

/** Brings an event as it was stored once into today's shape. None has changed shape so far. */
type Upcaster = (data: RecordedEvent['data']) => RecordedEvent['data'];

const asStored: Upcaster = (data) => data;

const upcasters: Readonly<Record<DossierEventType, Upcaster>> = {
  DossierOpened: asStored,
  DossierReopened: asStored,
  SectionSaved: asStored,
  SectionRevised: asStored,
  EvidenceAttached: asStored,
  MaskingAnswered: asStored,
  ReasonExplained: asStored,
  DossierSubmitted: asStored,
  DossierResubmitted: asStored,
  PublicityStarted: asStored,
  ObjectionRecorded: asStored,
  ObjectionSettled: asStored,
  UnitPaperAttached: asStored,
  DossierRecommended: asStored,
  DossierEndorsed: asStored,
  DossierReturned: asStored,
  DossierAccepted: asStored,
  FeeReceived: asStored,
  PrintedFormsReceived: asStored,
  DefenceScheduled: asStored,
  DefenceConcluded: asStored,
  DossierWithdrawn: asStored,
  DossierClosed: asStored,
  DossierFalsified: asStored,
};

function isDossierEventType(type: string): type is DossierEventType {
  return Object.hasOwn(upcasters, type);
}

/** A recorded event as the dossier knows it. Throws on a type this version does not know. */
export function dossierEvent({ type, data, position }: RecordedEvent): DossierEvent {
  if (!isDossierEventType(type)) throw new Error(`unknown event ${type} at ${position}`);
  return { type, data: upcasters[type](data) } as unknown as DossierEvent;
}
