/** Injection tokens for what the adapters provide; `app.module.ts` alone decides which. */
export const EVENT_STORE = Symbol('EventStore');
export const READ_MODELS = Symbol('ReadModels');
export const EVIDENCE_STORE = Symbol('EvidenceStore');
export const CLOCK = Symbol('Clock');
export const LOOKUP_KEY = Symbol('LookupKey');
export const NOTIFICATION_CHANNELS = Symbol('NotificationChannels');
