import type { CheckpointProblem, Place } from '../findings';
import { perSecond, type Wording } from './wording';

const problems: Readonly<Record<CheckpointProblem, string>> = {
  form: '不是签名文本（signed note）',
  signature: '签名与内容不符',
  'unknown-key': '没有所给日志公钥的签名',
  origin: '属于另一个日志',
  content: '内容不合格式',
  size: '登记的事件数与签名文本不同',
  order: '其事件数与它所在的位置不合',
};

const at = ({ position, stream, revision }: Place) =>
  `位置 ${position}（流 ${stream}，修订号 ${revision}）`;

export const chinese: Wording = {
  usage: [
    '用法：',
    '  npm run verify -- --data <数据目录> --key <公钥> [--checkpoint <检查点文件>]',
    '  npm run verify -- --export <导出文件> --key <公钥> [--checkpoint <检查点文件>]',
    '',
    '  --key         日志的公钥（vkey），应从可信途径取得；换过公钥的，可给多个',
    '  --checkpoint  从见证方等外部途径取得的检查点，或见证文件 WITNESS_FILE（取其中最新的）；可给多个',
    '  --witness     见证方的公钥：外部检查点必须有其联署，可给多个',
    '  --lang        zh（默认）或 en',
    '',
    '结束码：0 未发现问题，1 发现问题，2 用法有误。',
  ].join('\n'),
  malformedKey: (text) => `不是公钥：${text}`,
  unreadable: (path) => `无法读取：${path}`,
  progress: (percent, perSecond, left) => `已读 ${percent}%，每秒 ${perSecond}%，约剩 ${left} 秒`,
  result: ({ events, sealed, trusted, stored, unknown, dossiers, trail }, seconds) => [
    `共 ${events} 个事件，用时 ${seconds.toFixed(2)} 秒，每秒 ${perSecond(events, seconds)} 个。`,
    `比对检查点：外部 ${trusted} 个，日志内 ${stored} 个` +
      (unknown > 0 ? `（其中 ${unknown} 个不是所给公钥签署的）。` : '。'),
    ...(trusted > 0
      ? []
      : ['未给出外部检查点：日志若连同其中的检查点一起退回旧版本，则无法发现。']),
    `与检查点相符的事件 ${sealed} 个，其后尚未封存的 ${events - sealed} 个。`,
    dossiers === null
      ? '没有可比对的申报投影（dossiers）。'
      : `申报投影（dossiers）与日志重放比对：${dossiers.dossiers} 份，至位置 ${dossiers.position}。`,
    trail === null ? '没有可比对的审计记录。' : `审计记录与日志比对：${trail} 条。`,
  ],
  sound: '结论：未发现问题。',
  first: '结论：发现问题。最早的一处：',
  others: '此外：',
  findings: {
    'damaged-file': ({ file, detail }) => `文件 ${file} 已损坏：${detail}`,
    schema: ({ file, detail }) => `文件 ${file} 的结构与服务所写的不同：${detail}`,
    'value-type': ({ place, column }) => `${at(place)}：列 ${column} 的存储类型不对`,
    'not-text': ({ place, column }) => `${at(place)}：列 ${column} 不是 UTF-8 文本`,
    'not-json': ({ place, column }) => `${at(place)}：列 ${column} 不是 JSON`,
    'no-actor': ({ place }) => `${at(place)}：元数据没有写明时刻和操作者`,
    position: ({ place, expected }) => `${at(place)}：此处应为位置 ${expected}`,
    revision: ({ place, expected }) => `${at(place)}：此处应为修订号 ${expected}`,
    'repeated-id': ({ place }) => `${at(place)}：事件编号重复`,
    changed: ({ place }) => `${at(place)}：事件与封存时不同`,
    proof: ({ place }) => `${at(place)}：证明不成立，事件不在检查点所签的日志中`,
    'cut-end': ({ last, given }) => `末尾被删：最后的事件在位置 ${last}，而曾写到位置 ${given}`,
    tile: ({ level, tile }) => `哈希树第 ${level} 层第 ${tile} 片与事件不符`,
    frontier: ({ size }) => `哈希树在 ${size} 个事件处的边缘与事件不符`,
    root: ({ size, after }) =>
      `第 ${after + 1} 至第 ${size} 个事件中有改动：根哈希与 ${size} 个事件的检查点不符`,
    'too-short': ({ size, events }) =>
      `应有 ${size} 个事件，只有 ${events} 个：日志被截短或退回旧版本`,
    checkpoint: ({ problem, where }) =>
      `检查点不可信（${typeof where === 'string' ? where : at(where)}）：${problems[problem]}`,
    'not-cosigned': ({ witness, where }) => `检查点（${where}）没有 ${witness} 的联署`,
    'other-size': ({ size, given }) =>
      `导出是按 ${size} 个事件的检查点作的证明，所给检查点为 ${given} 个事件，无法比对`,
    'nothing-sealed': () => '没有任何检查点可比对：什么也证明不了',
    line: ({ line }) => `导出文件第 ${line} 行不合格式`,
    'documents-ahead': ({ position, events }) =>
      `投影已到位置 ${position}，日志却只有 ${events} 个事件：日志被截短或退回旧版本`,
    trail: ({ position, field }) => `审计记录在位置 ${position} 与日志不符：${field}`,
    document: ({ id, field, replayed, stored }) =>
      `申报 ${id} 的投影与日志不符：${field} 重放得 ${replayed}，投影中为 ${stored}`,
  },
};
