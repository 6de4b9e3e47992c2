import type { FormContext } from './context';
import { clause, entries, evidence, group, scan, section, text } from './vocabulary';

export function workSummary() {
  return section(
    'workSummary',
    '指取得工程任职资格以来的工作开展情况，包括思想政治上的认识、工作经历、取得的成绩、成长心得、存在问题和今后打算等，要善于归纳总结，语言精练准确，切勿列干条。',
    { text: text('个人工作总结', 'Work summary', 10_000) },
  );
}

export function otherAttachments() {
  return section(
    'otherAttachments',
    '主要指单位出具的思想政治表现材料、单位公示情况及公示结果、廉洁自律证明等体现申报人思想政治方面的印证材料，文字描述一定要清晰、详实。',
    {
      politicalConduct: group('思想政治表现材料', 'Political conduct', {
        description: text('文字描述', 'Description', 3000),
        evidence: evidence(),
      }),
      integrityCertificate: group('廉洁自律证明', 'Integrity certificate', {
        description: text('文字描述', 'Description', 1000),
        evidence: evidence(),
      }),
      publicityNotice: clause(
        '三(三)',
        '单位公示情况上传至此栏目；公示前填「无」。',
        evidence('单位公示情况', 'Publicity notice'),
      ),
      publicityResult: clause(
        '三(三)',
        '单位公示结果上传至此栏目；公示结束前填「无」。',
        evidence('公示结果', 'Publicity result'),
      ),
      further: clause(
        '四(一)15',
        '获奖情况全部填入“获奖情况”栏目中，避免重复上传。',
        entries('其他证明材料', 'Further material', 30, {
          description: text('材料说明', 'Description', 500),
        }),
      ),
    },
  );
}

export function commitment({ policy }: FormContext) {
  const { clause: where, sentence } = policy.commitment;
  return section(
    'commitment',
    '申报人需对填写的内容负责，在申报栏目做出承诺，手写承诺，上传扫描件。',
    {
      text: clause(where, `手写“${sentence}”字样。`, text('承诺内容', 'Commitment', 500)),
      scan: clause(where, '上传手写承诺书的扫描件。', scan('承诺书扫描件', 'Signed commitment')),
    },
  );
}
