import type { Unit, Value } from '../values.ts';

/* What of the service's answers the page reads. */

export interface Titled {
  readonly key: string;
  readonly title: string;
}

export interface Column extends Titled {
  readonly unit: Unit;
}

export type Values = Readonly<Record<string, Value>>;

export interface Row {
  readonly group: Readonly<Record<string, string | null>>;
  readonly labels: Readonly<Record<string, string>>;
  readonly values: Values;
}

/** `GET /v1/reports/{report}` */
export interface Report {
  readonly report: string;
  readonly title: string;
  readonly round: string;
  readonly organisation: { readonly id: string; readonly name: string };
  readonly asOf: string;
  readonly by: readonly Titled[];
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
  readonly total: Values;
}

/** An item of `GET /v1/reports` */
export interface Listed {
  readonly report: string;
  readonly title: string;
  readonly about: string;
  readonly dimensions: readonly Titled[];
}

/** An item of `GET /v1/rounds` */
export interface Round {
  readonly round: string;
  readonly title: string;
  readonly levels: readonly string[];
  readonly windows: { readonly filing: { readonly opens: string } };
}

/** An item of `GET /v1/organisations` */
export interface Organisation {
  readonly id: string;
  readonly name: string;
  readonly supervisedBy: string | null;
}

/** `GET /v1/rounds/{round}/policy` */
export interface RoundPolicy {
  readonly policy: {
    readonly subSpecialties: readonly {
      readonly code: string;
      readonly zh: string;
      readonly en: string;
    }[];
  };
}
