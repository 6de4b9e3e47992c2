/** Injection tokens for what the adapters provide; `app.module.ts` alone decides which. */
export const EVENT_STORE = Symbol('EventStore');
export const LEASE = Symbol('Lease');
export const READ_MODELS = Symbol('ReadModels');
export const EVIDENCE_STORE = Symbol('EvidenceStore');
/** Where the evidence store keeps its files, encrypted. */
export const EVIDENCE_FILES = Symbol('EvidenceFiles');
export const CLOCK = Symbol('Clock');
export const PERSON_KEYS = Symbol('PersonKeys');
export const PERSONAL_DATA_CIPHER = Symbol('PersonalDataCipher');
export const LOOKUP_KEY = Symbol('LookupKey');
export const NOTIFICATION_CHANNELS = Symbol('NotificationChannels');
/** The log as it is stored, with personal data encrypted. */
export const RAW_EVENT_STORE = Symbol('RawEventStore');
export const MERKLE_LOG = Symbol('MerkleLog');
/** Signs the checkpoints of the log. */
export const AUDIT_SIGNER = Symbol('AuditSigner');
export const WITNESSES = Symbol('Witnesses');
