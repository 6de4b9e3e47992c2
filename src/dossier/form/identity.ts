import type { FormContext } from './context';
import { ethnicities, genders, politicalStatuses } from './national-codes';
import {
  choice,
  clause,
  day,
  dayOrNow,
  entries,
  evidence,
  group,
  month,
  orNone,
  scan,
  section,
  text,
  wholeNumber,
  yesNo,
} from './vocabulary';

export function basicInformation({ policy: { form } }: FormContext) {
  return section(
    'basicInformation',
    '专业技术人员按要求准确填报个人基本信息，并上传身份证扫描件、符合要求的近期一寸免冠照片。',
    {
      name: text('姓名', 'Name', 50),
      gender: choice('性别', 'Gender', genders),
      ethnicity: choice('族别', 'Ethnicity', ethnicities),
      birthDate: day('出生日期', 'Date of birth'),
      idNumber: text('身份证号', 'ID number', 18),
      politicalStatus: choice('政治面貌', 'Political status', politicalStatuses),
      phone: text('手机号码', 'Mobile phone', 20),
      unitName: text('工作单位', 'Unit', 100),
      post: text('现任职务或岗位', 'Present post', 100),
      unitTier: clause(
        '四(一)1',
        '根据单位所在地和机构规格进行选择，自治区单位和地州单位工作人员不得选择为县级及以下单位。',
        choice('单位归属', 'Tier of the unit', form.unitTiers),
      ),
      villageStationing: clause(
        '四(一)1',
        '参加本年“访惠聚”要如实填写，参加“访惠聚”驻村的专业技术人员不要求答辩。',
        group('参加本年“访惠聚”驻村', 'Stationed in a village this year', {
          stationed: yesNo('是否驻村', 'Stationed'),
          village: text('驻村地点', 'Village', 100),
          from: orNone(day('开始日期', 'From')),
          to: orNone(dayOrNow('结束日期', 'To')),
          evidence: evidence(),
        }),
      ),
      idCardScan: clause(
        '四(一)1',
        '上传身份证扫描件。',
        scan('身份证扫描件', 'Scan of the ID card'),
      ),
      photo: clause('四(一)1', '近期一寸免冠照片。', scan('一寸免冠照片', 'One-inch photo')),
    },
  );
}

export function education({ policy: { form } }: FormContext) {
  return section(
    'education',
    '国家教育部学信网证书的查询结果，若查询不到，请上传相关学历材料扫描件，有在职学历的材料也可同时上传。',
    {
      entries: entries('学历学位', 'Education', 10, {
        level: choice('学历', 'Level', form.educationLevels),
        degree: orNone(choice('学位', 'Degree', form.degrees)),
        school: text('毕业院校', 'School', 100),
        major: text('所学专业', 'Major', 100),
        mode: choice('学习形式', 'Mode of study', form.studyModes),
        from: month('入学时间', 'Begun'),
        to: month('毕业时间', 'Graduated'),
        certificateNumber: text('证书编号', 'Certificate number', 40),
        foundInChsi: clause(
          '四(一)2',
          '能查询到的上传学信网查询结果，查询不到的上传学历材料扫描件。',
          yesNo('学信网可查询', 'Found in CHSI'),
        ),
      }),
    },
  );
}

export function qualification({ policy: { form }, level }: FormContext) {
  const routes = form.qualificationRoutes;
  const open = { ...routes, terms: routes.terms.filter(({ levels }) => levels.includes(level)) };
  return section(
    'qualification',
    '指已取得的任职资格证书，如：申报高级工程师，需要上传工程师任职资格证书。',
    {
      route: choice('申报途径', 'Route', open),
      title: orNone(
        group('现专业技术任职资格', 'Present title', {
          name: text('资格名称', 'Title', 50),
          specialty: text('专业', 'Specialty', 50),
          level: choice('级别', 'Level', form.titleLevels),
          obtainedOn: day('取得时间', 'Obtained on'),
          obtainedIn: choice('取得地', 'Obtained in', form.titlePlaces),
          certificateNumber: text('证书编号', 'Certificate number', 40),
          appointedOn: orNone(day('聘任时间', 'Appointed on')),
          proofs: clause(
            '四(一)3',
            '在新疆取得者，上传“任职资格文件”或“职称证书”或“专业技术职务任职资格评审表”；在其他省区市取得者，需上传“任职资格文件”、“职称证书”或“专业技术职务任职资格评审表”。',
            entries('资格证明', 'Proofs of the title', 10, {
              kind: choice('材料种类', 'Kind', form.titleProofs),
            }),
          ),
        }),
      ),
      professionalService: clause(
        '四(一)3',
        '从事专业技术工作的开始和截止时间需按照证书取得时间准确填写。',
        group('从事专业技术工作', 'Professional work', {
          from: day('开始时间', 'From'),
          to: dayOrNow('截止时间', 'To'),
        }),
      ),
      civilService: clause(
        '四(一)3',
        '从事水利专业相关工作的公务员满10年转任事业单位，可申报高级工程师，需上传情况说明（含任命文件及干部履历表）。',
        orNone(
          group('公务员经历', 'Civil service', {
            years: wholeNumber('从事水利专业相关工作年限', 'Full years in water work', [0, 60]),
            transferredOn: day('转任事业单位时间', 'Moved to a public institution on'),
            explanation: evidence('情况说明', 'Explanation'),
            appointment: evidence('任命文件', 'Appointment document'),
            cadreResume: evidence('干部履历表', 'Cadre résumé'),
          }),
        ),
      ),
      vocationalCertificates: clause(
        '四(一)3',
        '通过职业技能考试取得的技术资格证书，如建造师、建筑师等，可上传；与工程系列无关的资格证书不予认可。',
        entries('职业资格证书', 'Vocational certificates', 20, {
          name: text('证书名称', 'Certificate', 80),
          specialty: text('专业', 'Specialty', 50),
          certificateNumber: text('证书编号', 'Certificate number', 40),
          obtainedOn: day('取得时间', 'Obtained on'),
        }),
      ),
    },
  );
}
