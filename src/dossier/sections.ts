/**
 * The sections of a dossier in the order of the notice, 四(一)1–16. Masking (四(一)17) is answered on
 * each attachment, not filled in as a section.
 */
export const sections = {
  basicInformation: { title: '基本信息', english: 'Basic information', clause: '四(一)1' },
  education: { title: '学历学位', english: 'Education', clause: '四(一)2' },
  qualification: { title: '专业技术资格', english: 'Qualification', clause: '四(一)3' },
  workHistory: { title: '工作简历', english: 'Work history', clause: '四(一)4' },
  researchAbility: {
    title: '科研（实践）工作能力',
    english: 'Research ability',
    clause: '四(一)5',
  },
  practiceAbility: { title: '实践能力（经历）', english: 'Practice ability', clause: '四(一)6' },
  achievements: { title: '业绩成果', english: 'Achievements', clause: '四(一)7' },
  awards: { title: '获奖情况', english: 'Awards', clause: '四(一)8' },
  intellectualProperty: {
    title: '获得的知识产权',
    english: 'Intellectual property',
    clause: '四(一)9',
  },
  publications: { title: '著（译）作情况', english: 'Publications', clause: '四(一)10' },
  annualAssessments: { title: '考核情况', english: 'Annual assessments', clause: '四(一)11' },
  workSummary: { title: '个人工作总结', english: 'Work summary', clause: '四(一)12' },
  continuingEducation: { title: '继续教育', english: 'Continuing education', clause: '四(一)13' },
  languageAndComputer: {
    title: '职称外语、计算机应用考试',
    english: 'Foreign language and computer exams',
    clause: '四(一)14',
  },
  otherAttachments: { title: '其他附件材料', english: 'Other attachments', clause: '四(一)15' },
  commitment: { title: '个人承诺书', english: 'Signed commitment', clause: '四(一)16' },
} as const;

export type SectionName = keyof typeof sections;

export const sectionNames = Object.keys(sections) as readonly SectionName[];

export function isSectionName(text: string): text is SectionName {
  return Object.hasOwn(sections, text);
}
