import { achievementConditions, practiceConditions, type FormContext } from './context';
import {
  choice,
  clause,
  day,
  dayOrNow,
  entries,
  group,
  orNone,
  scan,
  section,
  text,
  wholeNumber,
  yesNo,
} from './vocabulary';

/** What every entry about work done states, apart from what kind of work it is (四(一)7). */
function workDone({ policy: { form } }: FormContext) {
  return {
    name: text('项目或工作名称', 'Project or work', 150),
    from: day('开始时间', 'From'),
    to: dayOrNow('结束时间', 'To'),
    role: choice('角色', 'Role', form.participationRoles),
    workload: clause(
      '四(一)7',
      '写明参与完成的工作量。',
      text('完成工作量', 'Work completed', 500),
    ),
    summary: clause(
      '四(一)7',
      '将参与或开展某项工作的时间节点、角色、参与完成的工作量等填入简介内，体现学识水平，切勿将项目概况堆砌到简介中。',
      text('简介', 'Summary', 2000),
    ),
    unitCertificate: clause(
      '四(一)7',
      '无印证资料的需单位出具证明材料，经单位主要负责同志签字后，加盖单位公章。',
      scan('单位证明材料', 'Certificate of the unit'),
    ),
  };
}

export function researchAbility(context: FormContext) {
  return section(
    'researchAbility',
    '建议申报二级专业为规划设计与技术咨询、工程及科学技术研究专业的申报人填写，主要体现申报人在科学技术推广、技术研究等科研工作完成的工作，体现科研的实践经历和能力。申报其他二级专业的如有相关经历能力也可填写。',
    {
      entries: entries('科研（实践）工作', 'Research work', 20, {
        kind: choice('类别', 'Kind', context.policy.form.researchKinds),
        ...workDone(context),
      }),
    },
  );
}

export function practiceAbility(context: FormContext) {
  const senior =
    '按照职称任职资格评审条件，申报高级工程师须对应申报的二级专业，至少具备1项所列出的条件。';
  return section(
    'practiceAbility',
    context.level === 'senior' ? senior : '对应申报的二级专业填写实践能力（经历）。',
    {
      entries: entries('实践能力（经历）', 'Practice', 20, {
        condition: choice('对应条件', 'Condition', practiceConditions(context)),
        ...workDone(context),
      }),
    },
  );
}

export function achievements(context: FormContext) {
  const senior =
    '按照职称任职资格评审条件，申报高级工程师须按照系统提示，至少符合“通用”条件内的2项以上；再具备不少于2项二级专业内设置业绩条件，条件不够，将予以退回。';
  const conditions = achievementConditions(context);
  const supported = orNone(choice('支撑的条件', 'Condition it supports', conditions));
  return section(
    'achievements',
    context.level === 'senior' ? senior : '填写业绩成果及其对应的条件。',
    {
      entries: entries('业绩成果', 'Achievements', 40, {
        condition: choice('对应条件', 'Condition', conditions),
        ...workDone(context),
      }),
      papers: clause(
        '四(一)7',
        '论文须在工程系列专业刊物上发表，如能在“知网”等网站上查询，可将查询的截图作为附件上传。未刊出的论文不得作为论文成果上传（含有录用通知书的）。',
        entries('论文', 'Papers', 20, {
          title: text('论文题目', 'Title', 200),
          journal: text('刊物名称', 'Journal', 100),
          issn: text('刊号', 'Serial number', 40),
          published: yesNo('已刊出', 'Published'),
          publishedOn: orNone(day('刊出时间', 'Published on')),
          issue: text('年卷期及页码', 'Volume, issue and pages', 60),
          authorRank: wholeNumber('本人排名', 'Place among the authors', [1, 100]),
          condition: supported,
        }),
      ),
      representativeWorks: clause(
        '四(一)7',
        '县及县以下单位的申报人的代表作可由3名具有高级工程师技术职务任职资格的同志认可，并经单位主要领导签字、盖章后，可计作一篇论文著作。',
        entries('代表作', 'Representative works', 5, {
          title: text('代表作名称', 'Title', 200),
          completedOn: day('完成时间', 'Completed on'),
          summary: text('简介', 'Summary', 2000),
          endorsers: entries('认可人', 'Endorsers', 10, {
            name: text('姓名', 'Name', 50),
            title: text('专业技术职务任职资格', 'Title', 50),
            unit: text('工作单位', 'Unit', 100),
            identification: clause(
              '四(一)7',
              '身份证号或职称证书编号，用于区分认可人。',
              text('身份证号或证书编号', 'ID or certificate number', 40),
            ),
          }),
          unitApproval: group('单位意见', 'Approval of the unit', {
            signed: yesNo('单位主要领导签字', 'Signed by the head of the unit'),
            sealed: yesNo('单位盖章', 'Sealed by the unit'),
          }),
          condition: supported,
        }),
      ),
      honours: clause(
        '四(一)7',
        '申报人可将在专业技术方面获得的奖项、荣誉填入业绩成果栏目中，作为体现能力和业绩成果的印证和支撑材料。',
        entries('专业技术奖项、荣誉', 'Technical awards and honours', 20, {
          name: text('奖项或荣誉名称', 'Award or honour', 150),
          grantedBy: text('授予单位', 'Granted by', 100),
          grantedOn: day('授予时间', 'Granted on'),
          rank: text('等级及本人排名', 'Grade and place', 60),
          condition: supported,
        }),
      ),
    },
  );
}
