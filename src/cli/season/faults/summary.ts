import { blocks, warns } from '../findings';
import { put } from './edit';
import { faultsIn, type Fault } from './fault';

const inSummary = faultsIn('workSummary');

const points = [
  '拥护党的路线方针政策，遵纪守法，服从单位工作安排',
  '参加灌区量测水改造，完成42处量水设施率定',
  '编制水库年度调度方案3份，汛期按方案安全泄洪4次',
  '整编3年大坝安全监测资料，提交分析报告3份',
  '带领2名新职工完成观测和资料整编任务',
  '学习数字孪生流域技术，参加继续教育并取得合格证书',
  '存在不足：对外省同类工程的了解还不够全面',
  '今后打算：提高解决复杂技术问题的能力',
];

export const summaryFaults: readonly Fault[] = [
  inSummary(
    'there is no work summary',
    [put('/text', '无')],
    [blocks('M-20 summary-missing', '/text')],
  ),
  inSummary(
    'the work summary is white space',
    [put('/text', ' \n\u3000')],
    [blocks('F-1 blank-field', '/text'), blocks('M-20 summary-missing', '/text')],
  ),
  inSummary(
    'the work summary is a sentence',
    [put('/text', '任现职以来，我认真完成了领导交办的各项工作。')],
    [warns('M-20 summary-length', '/text')],
  ),
  inSummary(
    'the work summary is a list of points',
    [
      put(
        '/text',
        [...points, ...points].map((point, index) => `${index + 1}、${point}；`).join('\n'),
      ),
    ],
    [warns('M-20 summary-as-list', '/text')],
  ),
  inSummary(
    'the work summary is a short list, in vague words',
    [put('/text', points.map((point) => `• ${point}等等`).join('\n'))],
    [
      warns('M-20 summary-length', '/text'),
      warns('M-20 summary-as-list', '/text'),
      warns('F-4 vague-wording', '/text'),
    ],
  ),
];
