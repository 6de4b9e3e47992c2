/** A moment of the season at which somebody has something to do. */
export interface Moment {
  readonly at: string;
  readonly title: string;
  /** The clock jumps there while the moment's requests are under way: who is in time is for it to say. */
  readonly strikes?: string;
  /** At its end the system has closed what is over, and queues are compared with the model. */
  readonly stocktaking?: true;
}

/*
 * Four waves of review. A unit recommends on the day after the fifth working day of publicity, first and
 * last day included (四(二)); 10 to 12 September are the Mid-Autumn holiday. Wave 1 has its publicity on
 * 8–12 August, wave 2 on 18–24 August, wave 3 from 30 August to 5 September, wave 4 on 1–7 September.
 */
const moments = {
  preparation: { at: '2022-08-04T09:00:00.000+08:00', title: 'dossiers are filled in' },
  beforeOpening: { at: '2022-08-05T09:58:00.000+08:00', title: 'before filing opens' },
  filingOpens: {
    at: '2022-08-05T10:00:00.000+08:00',
    title: 'filing opens',
    stocktaking: true,
  },
  publicity1: { at: '2022-08-08T10:00:00.000+08:00', title: 'publicity in the units' },
  unitReturns1: { at: '2022-08-09T15:00:00.000+08:00', title: 'units return' },
  lastPublicityDay1: { at: '2022-08-12T23:58:00.000+08:00', title: 'the last day of publicity' },
  recommendation1: { at: '2022-08-13T00:00:00.000+08:00', title: 'units recommend' },
  supervision1: {
    at: '2022-08-16T10:00:00.000+08:00',
    title: 'supervising bodies review',
    stocktaking: true,
  },
  refiling1: { at: '2022-08-17T10:00:00.000+08:00', title: 'first refilings' },
  publicity2: { at: '2022-08-18T10:00:00.000+08:00', title: 'publicity, second wave' },
  beforeReview: { at: '2022-08-24T23:58:00.000+08:00', title: 'before the title office reviews' },
  office1: { at: '2022-08-25T00:00:00.000+08:00', title: 'the title office begins' },
  recommendation2: { at: '2022-08-25T10:00:00.000+08:00', title: 'units recommend, second wave' },
  supervision2: { at: '2022-08-26T10:00:00.000+08:00', title: 'supervision, second wave' },
  office2: { at: '2022-08-29T10:00:00.000+08:00', title: 'title office, second wave' },
  refiling2: { at: '2022-08-29T15:00:00.000+08:00', title: 'second refilings' },
  publicity3: { at: '2022-08-30T10:00:00.000+08:00', title: 'publicity, third wave' },
  lastEvening: { at: '2022-08-31T19:30:00.000+08:00', title: 'the rush before 20:00' },
  lastStroke: {
    at: '2022-08-31T19:59:59.000+08:00',
    strikes: '2022-08-31T20:00:00.000+08:00',
    title: 'the stroke of 20:00',
  },
  filingClosed: {
    at: '2022-08-31T20:00:00.001+08:00',
    title: 'a millisecond late',
    stocktaking: true,
  },
  unitReturns4: { at: '2022-09-01T09:00:00.000+08:00', title: 'units return, after filing closed' },
  refiling4: { at: '2022-09-01T12:00:00.000+08:00', title: 'refilings after filing closed' },
  publicity4: { at: '2022-09-01T15:00:00.000+08:00', title: 'publicity, fourth wave' },
  recommendation3: { at: '2022-09-06T10:00:00.000+08:00', title: 'units recommend, third wave' },
  supervision3: { at: '2022-09-07T10:00:00.000+08:00', title: 'supervision, third wave' },
  office3: { at: '2022-09-08T10:00:00.000+08:00', title: 'title office, third wave' },
  refiling3: { at: '2022-09-08T14:00:00.000+08:00', title: 'fourth tries' },
  recommendation4: { at: '2022-09-08T16:00:00.000+08:00', title: 'units recommend, fourth wave' },
  supervision4: { at: '2022-09-09T10:00:00.000+08:00', title: 'supervision, fourth wave' },
  office4: {
    at: '2022-09-13T10:00:00.000+08:00',
    title: 'title office, fourth wave',
    stocktaking: true,
  },
  corrections: { at: '2022-09-14T10:00:00.000+08:00', title: 'last corrections' },
  lastMillisecond: {
    at: '2022-09-15T23:59:59.000+08:00',
    strikes: '2022-09-15T23:59:59.999+08:00',
    title: 'the last millisecond of 15 September',
  },
  reviewClosed: {
    at: '2022-09-16T00:00:00.000+08:00',
    title: 'the review is over',
    stocktaking: true,
  },
  afterwards: { at: '2022-09-16T10:00:00.000+08:00', title: 'the day after' },
  beforeDue: { at: '2022-09-30T23:58:00.000+08:00', title: 'the last day for fees and forms' },
  overdue: { at: '2022-10-01T00:00:00.000+08:00', title: 'fees and forms come late' },
  appointments: { at: '2022-10-08T10:00:00.000+08:00', title: 'defences are appointed' },
  defences: { at: '2022-10-12T10:40:00.000+08:00', title: 'defences' },
  secondAppointments: {
    at: '2022-10-13T10:00:00.000+08:00',
    title: 'the excused are appointed again',
  },
  secondDefences: { at: '2022-10-14T10:40:00.000+08:00', title: 'defences of the excused' },
  investigation: {
    at: '2022-10-20T10:00:00.000+08:00',
    title: 'falsification cases',
    stocktaking: true,
  },
  aftermath: { at: '2022-10-21T10:00:00.000+08:00', title: 'after the decisions' },
} as const satisfies Readonly<Record<string, Moment>>;

export type MomentName = keyof typeof moments;

/** Every moment, in the order of time. */
export const timeline: readonly (Moment & { readonly name: MomentName })[] = Object.entries<Moment>(
  moments,
).map(([name, moment]) => ({ ...moment, name: name as MomentName }));

/** Where the service's clock starts. */
export const seasonStart = '2022-08-04T08:00:00.000+08:00';
