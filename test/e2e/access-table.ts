/** Everybody who may ask about a dossier; `elsewhere` in an organisation that has nothing to do with it. */
export const callerKinds = [
  'nobody',
  'applicant',
  'another',
  'no role',
  'unit',
  'unit elsewhere',
  'supervisor',
  'supervisor elsewhere',
  'office',
  'office elsewhere',
  'auditor',
  'auditor elsewhere',
  'administrator',
  'administrator elsewhere',
] as const;

export type CallerKind = (typeof callerKinds)[number];

/**
 * Of every operation of the API: what each of them, in the order above, is answered about one dossier under
 * review. 401: no token; 403: not with this role; 404: nothing that is theirs to know; 412: theirs to
 * change, had they said which revision they know; `+`: the answer tells of that dossier. Lists without it are open
 * to others too, for their own.
 */
const lines = `
                                                                     none own  othr role unit ~    sup  ~    off  ~    aud  ~    adm  ~
  GET /health/live                                                   200  200  200  200  200  200  200  200  200  200  200  200  200  200
  GET /health/ready                                                  200  200  200  200  200  200  200  200  200  200  200  200  200  200
  POST /v1/simulation/clock                                          200  409  409  409  409  409  409  409  409  409  409  409  409  409
  GET /v1/rounds                                                     401  200  200  200  200  200  200  200  200  200  200  200  200  200
  POST /v1/rounds                                                    401  403  403  403  403  403  403  403  403  403  403  403  201  409
  GET /v1/rounds/{round}                                             401  200  200  200  200  200  200  200  200  200  200  200  200  200
  GET /v1/rounds/{round}/policy                                      401  200  200  200  200  200  200  200  200  200  200  200  200  200
  POST /v1/rounds/{round}/policy                                     401  403  403  403  403  403  403  403  403  403  403  403  201  201
  GET /v1/rounds/{round}/form                                        401  200  200  200  200  200  200  200  200  200  200  200  200  200
  GET /v1/organisations                                              401  200  200  200  200  200  200  200  200  200  200  200  200  200
  GET /v1/organisations/{id}                                         401  404  404  404  404  404  404  404  404  404  404  404  404  404
  PUT /v1/organisations/{id}                                         401  403  403  403  403  403  403  403  403  403  403  403  200  200
  POST /v1/dossiers                                                  401  422  201  403  403  403  403  403  403  403  403  403  403  403
  GET /v1/dossiers                                                   401  200+ 200  200  200+ 200  200+ 200  200+ 200  200+ 200  200  200
  GET /v1/dossiers/{id}                                              401  200+ 404  404  200+ 404  200+ 404  200+ 404  200+ 404  404  404
  GET /v1/dossiers/{id}/sections/{section}                           401  200+ 404  404  200+ 404  200+ 404  200+ 404  200+ 404  404  404
  PUT /v1/dossiers/{id}/sections/{section}                           401  412  404  403  403  403  403  403  403  403  403  403  403  403
  GET /v1/dossiers/{id}/precheck                                     401  200  404  403  403  403  403  403  403  403  403  403  403  403
  POST /v1/dossiers/{id}/submissions                                 401  412  404  403  403  403  403  403  403  403  403  403  403  403
  GET /v1/dossiers/{id}/submissions                                  401  200  404  404  200  404  200  404  200  404  200  404  404  404
  GET /v1/dossiers/{id}/submissions/{n}                              401  200+ 404  404  200+ 404  200+ 404  200+ 404  200+ 404  404  404
  GET /v1/dossiers/{id}/submissions/{n}/changes                      401  200+ 404  404  200+ 404  200+ 404  200+ 404  200+ 404  404  404
  POST /v1/dossiers/{id}/withdrawal                                  401  412  404  403  403  403  403  403  403  403  403  403  403  403
  POST /v1/dossiers/{id}/publicity                                   401  403  403  403  412  404  403  403  403  403  403  403  403  403
  GET /v1/dossiers/{id}/publicity                                    401  200  404  404  200  404  200  404  200  404  200  404  404  404
  POST /v1/dossiers/{id}/publicity/objections                        401  403  403  403  412  404  403  403  403  403  403  403  403  403
  POST /v1/dossiers/{id}/publicity/objections/{n}/outcome            401  403  403  403  412  404  403  403  403  403  403  403  403  403
  POST /v1/dossiers/{id}/recommendation                              401  403  403  403  412  404  403  403  403  403  403  403  403  403
  POST /v1/dossiers/{id}/endorsement                                 401  403  403  403  403  403  412  404  403  403  403  403  403  403
  POST /v1/dossiers/{id}/returns                                     401  403  403  403  412  404  412  404  412  404  403  403  403  403
  GET /v1/dossiers/{id}/returns                                      401  200  404  404  200  404  200  404  200  404  200  404  404  404
  PUT /v1/dossiers/{id}/returns/latest/reasons/{reason}/explanation  401  412  404  403  403  403  403  403  403  403  403  403  403  403
  POST /v1/dossiers/{id}/acceptance                                  401  403  403  403  403  403  403  403  412  404  403  403  403  403
  POST /v1/dossiers/{id}/fee                                         401  403  403  403  412  404  412  404  412  404  403  403  403  403
  POST /v1/dossiers/{id}/printed-forms                               401  403  403  403  412  404  412  404  412  404  403  403  403  403
  POST /v1/dossiers/{id}/defence                                     401  403  403  403  403  403  403  403  412  404  403  403  403  403
  POST /v1/dossiers/{id}/defence/outcome                             401  403  403  403  403  403  403  403  412  404  403  403  403  403
  POST /v1/evidence                                                  401  409  404  403  201+ 404  403  403  403  403  403  403  403  403
  GET /v1/evidence/{id}                                              401  200  404  404  200  404  404  404  404  404  200  404  404  404
  PUT /v1/evidence/{id}/masking                                      401  412  404  403  403  403  403  403  403  403  403  403  403  403
  POST /v1/falsification-cases                                       401  403  403  403  403  403  403  403  403  403  201  404  403  403
  GET /v1/falsification-cases                                        401  403  403  403  403  403  403  403  403  403  200+ 200  403  403
  GET /v1/falsification-cases/{id}                                   401  403  403  403  403  403  403  403  403  403  200+ 404  403  403
  POST /v1/falsification-cases/{id}/hearings                         401  403  403  403  403  403  403  403  403  403  412  404  403  403
  POST /v1/falsification-cases/{id}/decision                         401  403  403  403  403  403  403  403  403  403  412  404  403  403
  POST /v1/persons/{account}/erasure                                 401  403  403  403  403  403  403  403  403  403  403  403  409  404
  GET /v1/dossiers/{id}/documents/{document}                         401  200  404  404  200  404  200  404  200  404  200  404  404  404
  GET /v1/notifications                                              401  200+ 200  200  200  200  200  200  200  200  200  200  200  200
  GET /v1/notifications/deliveries                                   401  403  403  403  403  403  403  403  403  403  403  403  200  200
  GET /v1/queue                                                      401  403  403  403  200+ 200  200  200  200  200  403  403  403  403
  GET /v1/audit/events                                               401  403  403  403  403  403  403  403  403  403  200+ 200  403  403
  GET /v1/audit/evidence/{sha256}                                    401  403  403  403  403  403  403  403  403  403  200+ 200  403  403
  GET /v1/audit/leads                                                401  403  403  403  403  403  403  403  403  403  200  200  403  403
  GET /v1/audit/dossiers/{id}/timeline                               401  403  403  403  403  403  403  403  403  403  200+ 404  403  403
  GET /v1/audit/dossiers/{id}/decisions/{revision}                   401  403  403  403  403  403  403  403  403  403  200+ 404  403  403
  GET /v1/audit/checkpoints                                          401  200  200  200  200  200  200  200  200  200  200  200  200  200
  GET /v1/audit/proofs/inclusion                                     401  200  404  404  200  404  200  404  200  404  200  404  404  404
  GET /v1/audit/proofs/consistency                                   401  200  200  200  200  200  200  200  200  200  200  200  200  200
  GET /v1/reports                                                    401  403  403  403  200  200  200  200  200  200  200  200  200  200
  GET /v1/reports/{report}                                           401  403  403  403  200  403  200  403  200  403  200  403  200  200
`;

export const expectedAccess: Readonly<Record<string, Readonly<Record<CallerKind, string>>>> =
  Object.fromEntries(
    lines
      .split('\n')
      .filter((line) => line.includes(' /'))
      .map((line) => {
        const [method = '', path = '', ...cells] = line.trim().split(/ +/);
        const outcomes = callerKinds.map((kind, index) => [kind, cells[index] ?? 'not said']);
        return [`${method} ${path}`, Object.fromEntries(outcomes)];
      }),
  );
