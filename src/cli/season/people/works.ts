/** A piece of work somebody may have done, as the summaries tell it. */
export interface Work {
  readonly name: string;
  readonly workload: string;
  readonly summary: string;
}

type Works = readonly [Work, ...Work[]];

const planning: Works = [
  {
    name: '红柳河流域综合规划',
    workload: '完成水资源供需平衡章节4万字，绘制附图12幅',
    summary:
      '负责流域水资源供需平衡分析，复核12个断面的径流系列，提出灌区用水总量控制指标，成果经专家审查通过。',
  },
  {
    name: '沙枣沟水库除险加固初步设计',
    workload: '完成大坝渗流与稳定计算8个断面，编写报告3章',
    summary:
      '承担大坝渗流和坝坡稳定计算，比选3种防渗方案，推荐混凝土防渗墙方案，初步设计经主管部门批复。',
  },
];

const construction: Works = [
  {
    name: '胡杨渠首改建工程',
    workload: '管理混凝土浇筑1.2万立方米，签署验收单元86个',
    summary:
      '负责渠首闸室与护坦施工质量管理，组织冬季混凝土温控，86个单元工程一次验收合格，合格率100%。',
  },
  {
    name: '雪岭灌区干渠防渗工程',
    workload: '完成18公里渠道测量放样，编制专项方案2份',
    summary: '承担18公里渠道施工放样和进度管理，优化衬砌机械作业顺序，比合同工期提前20天完工。',
  },
];

const operation: Works = [
  {
    name: '白杨河水库调度运行',
    workload: '编制年度调度方案3份，完成大坝观测216次',
    summary:
      '负责水库调度方案编制和大坝安全监测，整编3年观测资料，汛期按方案泄洪4次，工程运行安全。',
  },
  {
    name: '绿洲灌区量测水改造',
    workload: '率定量水堰42处，建立台账1套',
    summary: '承担42处量水设施率定，建立用水台账，灌溉水利用系数由0.52提高到0.56。',
  },
];

const research: Works = [
  {
    name: '盐碱地膜下滴灌试验研究',
    workload: '布设试验小区24个，采集土样1440个',
    summary:
      '主持24个小区的灌溉定额试验，分析1440个土样的盐分运移，提出适宜灌水定额，成果通过验收。',
  },
  {
    name: '融雪径流预报模型研究',
    workload: '整理水文资料30年，编写程序1套',
    summary:
      '负责融雪径流预报模型的率定与检验，使用30年水文资料，预报合格率达到85%，已用于防汛值班。',
  },
];

const bySubSpecialty: Readonly<Record<string, Works>> = {
  'planning-design-consulting': planning,
  construction,
  'operation-management': operation,
  'science-research': research,
};

/** Works of a sub-specialty; of operation for one this list does not know. */
export function worksOf(subSpecialty: string): Works {
  return bySubSpecialty[subSpecialty] ?? operation;
}

/** A summary in prose: it tells of views, work, results, lessons, shortcomings and plans (四(一)12). */
export function workSummaryOf(unit: string, works: Works): string {
  const [first, ...others] = works;
  return [
    `取得现任职资格以来，我始终拥护党的路线方针政策，遵纪守法，在${unit}从事水利专业技术工作，服从安排，爱岗敬业，自觉维护民族团结和社会稳定，按照水利行业规范履行岗位职责。`,
    `任职期间，我参加了${first.name}。${first.summary}`,
    ...others.map((work) => `随后我又参加了${work.name}。${work.summary}`),
    '在这些工作中，我把规范的要求与现场的实际结合起来，坚持用数据说话，遇到技术问题先查清成因再提出办法，所承担的任务按期完成，没有发生质量和安全责任事故，多次得到单位和主管部门的肯定。',
    '通过实践我体会到，水利技术人员既要懂设计、懂施工，也要懂管理，只有走到渠边坝上才能看清问题。我注意把经验整理成文字，向年轻同事讲解，带领2名新职工独立承担了观测和资料整编任务。',
    '我也看到自己的不足，主要是对信息化手段的运用还不够熟练，对外省同类工程的了解还不够全面。今后我将继续学习数字孪生流域等新技术，参加继续教育，提高解决复杂技术问题的能力，为新疆水利事业作出贡献。',
  ].join('\n');
}
