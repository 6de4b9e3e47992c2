export const levels = ['senior', 'intermediate', 'junior'] as const;
/** 高级工程师, 工程师, 助理工程师. */
export type Level = (typeof levels)[number];
