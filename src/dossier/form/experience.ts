import type { FormContext } from './context';
import {
  choice,
  clause,
  entries,
  month,
  monthOrNow,
  orNone,
  section,
  text,
  voluntarySection,
  wholeNumber,
  year,
  yesNo,
  day,
} from './vocabulary';

export function workHistory() {
  return section(
    'workHistory',
    '指参加工作以来的工作经历，需按照实际准确填写，尽量保持时间节点的连贯性，借调、驻村等可在“工作单位名称”内表述，也可另起一行。',
    {
      entries: entries('工作经历', 'Periods', 40, {
        from: month('开始时间', 'From'),
        to: monthOrNow('结束时间', 'To'),
        unit: text('工作单位名称', 'Unit', 150),
        post: text('职务或岗位', 'Post', 100),
        work: text('从事的专业技术工作', 'Professional work', 300),
      }),
    },
  );
}

export function annualAssessments({ policy: { form } }: FormContext) {
  return section(
    'annualAssessments',
    '按照要求上传近3年《专业技术人员业务考核登记表》，企业员工也应出具相关年度考核情况，等次不得造假。近3年考核有合格以下等次的，不予申报。',
    {
      entries: entries('年度考核', 'Assessments', 30, {
        year: year('年度', 'Year'),
        result: choice('考核等次', 'Result', form.assessmentResults),
        endOfProbation: clause(
          '四(一)11',
          '因工作调整有试用期，且符合条件的，试用期满考核结果可作为年度考核结果。',
          yesNo('试用期满考核', 'Assessed at the end of a probation'),
        ),
        assessor: text('考核单位', 'Assessed by', 100),
      }),
    },
  );
}

export function continuingEducation({ policy: { form } }: FormContext) {
  return section('continuingEducation', '专业技术人员按要求上传继续教育培训合格证书。', {
    certificates: entries('培训合格证书', 'Certificates', 60, {
      year: year('年度', 'Year'),
      subject: choice('科目', 'Subject', form.continuingEducationSubjects),
      certificateNumber: text('证书编号', 'Certificate number', 40),
    }),
    exemptions: clause(
      '四(一)13',
      '参加“访惠聚”驻村或参加少数民族特殊培养期间按相关政策可免去当年的继续教育，需上传“免试审批表”或相关作证材料。',
      entries('免试', 'Exemptions', 20, {
        year: year('年度', 'Year'),
        kind: choice('免试事由', 'Reason', form.continuingEducationExemptions),
      }),
    ),
  });
}

export function languageAndComputer() {
  const exam = {
    name: text('考试名称', 'Exam', 80),
    level: text('等级', 'Level', 40),
    score: orNone(wholeNumber('成绩', 'Score', [0, 1000])),
    passedOn: day('取得时间', 'Passed on'),
    certificateNumber: text('证书编号', 'Certificate number', 40),
  };
  return voluntarySection(
    'languageAndComputer',
    '参照《关于做好当前职称评审工作有关问题的通知》（新人社函〔2017〕328号）的相关要求执行，不做硬性要求。',
    {
      languageExams: entries('职称外语考试', 'Foreign language exams', 10, exam),
      computerExams: entries('计算机应用考试', 'Computer exams', 10, exam),
    },
  );
}
