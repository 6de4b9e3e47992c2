/** A stretch of office hours, `10:00` to `14:00`, in Beijing time. */
export type OfficeHours = {
  readonly from: string;
  readonly to: string;
};

/** From where on something in the record is shown to auditors as a lead (线索). A lead is never a finding. */
export type InvestigationPolicy = {
  readonly clause: string;
  /** When people are at work; in the region two hours later than in Beijing, by the same clock. */
  readonly officeHours: readonly OfficeHours[];
  /** Passed sooner after it came to the stage than in so many seconds. */
  readonly fastApproval: { readonly seconds: number };
  /** So many dossiers passed by one person within so many minutes. */
  readonly burst: { readonly approvals: number; readonly minutes: number };
  /**
   * Two people acted from one network address within so many days. Where more accounts than `mostAccounts`
   * did, it is a gateway and says nothing.
   */
  readonly sharedAddress: { readonly days: number; readonly mostAccounts: number };
  /** Applicants of so many units filed from one address within so many hours. */
  readonly filingsTogether: { readonly units: number; readonly hours: number };
};

/** How far a lead may look back, and at how much: what it takes to tell is kept no longer. */
export const furthest = {
  minutes: 60,
  approvals: 200,
  days: 90,
  accounts: 50,
  addresses: 100,
  hours: 72,
  filings: 200,
} as const;
