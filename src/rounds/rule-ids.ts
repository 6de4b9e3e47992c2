/** How many rules each chapter of the catalogue has: time, scope, filling in, review, materials. */
const chapters = { T: 5, S: 5, F: 5, R: 11, M: 31 } as const;

/** The id of every rule, in the order of the notice; a policy names the clause of each. */
export const ruleIds: readonly string[] = Object.entries(chapters).flatMap(([chapter, count]) =>
  Array.from({ length: count }, (_, index) => `${chapter}-${index + 1}`),
);
