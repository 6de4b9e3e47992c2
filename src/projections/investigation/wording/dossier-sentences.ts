import { isSectionName, sections } from '../../../dossier/sections';
import type { Attachment, Choice, DossierEvent } from '../../../dossier/events';
import { neverHappens } from '../../../dossier/dossier';
import type { Stage } from '../../../organisations/organisation';
import type { Policy, Term } from '../../../rounds/policy';
import type { Text } from '../../../rules/finding';

interface Words {
  readonly policy: Policy | undefined;
  readonly nameOf: (organisation: string) => string;
}

/** What was done to the dossier: the sentence but for who did it. */
export function dossierSentence(event: DossierEvent, words: Words): Text {
  switch (event.type) {
    case 'DossierOpened': {
      const { choice, unit } = event.data;
      const what = choiceOf(choice, words);
      return {
        zh: `经${unit.name}建立申报材料：${what.zh}`,
        en: `opened a dossier through ${unit.name}: ${what.en}`,
      };
    }
    case 'DossierReopened': {
      const { choice, unit } = event.data;
      const what = choiceOf(choice, words);
      return {
        zh: `经${unit.name}重新建立申报材料：${what.zh}`,
        en: `opened the dossier again through ${unit.name}: ${what.en}`,
      };
    }
    case 'SectionSaved':
    case 'SectionRevised': {
      const { zh, en } = sectionTitle(event.data.section);
      return event.type === 'SectionSaved'
        ? { zh: `填写“${zh}”`, en: `filled in "${en}"` }
        : { zh: `退回后修改“${zh}”`, en: `revised "${en}" after a return` };
    }
    case 'EvidenceAttached': {
      const { zh, en } = fileOf(event.data.attachment);
      return { zh: `上传附件${zh}`, en: `attached ${en}` };
    }
    case 'MaskingAnswered': {
      const { sha256, masking } = event.data;
      const file = shortened(sha256);
      if (!masking.nameShown) {
        return {
          zh: `答复附件${file}未出现本人姓名`,
          en: `answered that attachment ${file} does not show the name`,
        };
      }
      const version = masking.maskedVersion === null ? null : shortened(masking.maskedVersion);
      return {
        zh: `答复附件${file}出现本人姓名，遮盖版本：${version ?? '未提供'}`,
        en: `answered that attachment ${file} shows the name; masked version: ${version ?? 'none'}`,
      };
    }
    case 'ReasonExplained':
      return {
        zh: `就第${event.data.reason}条退回理由作出说明`,
        en: `explained reason ${event.data.reason} of the return`,
      };
    case 'DossierSubmitted':
    case 'DossierResubmitted': {
      const { number, remaining, to, warnings } = event.data.filing;
      const next = words.nameOf(to.organisation);
      return {
        zh: `第${number}次上报，送${next}审核，剩余${remaining}次，提示${warnings.length}条`,
        en: `made submission ${number} to ${next}; tries left: ${remaining}, warnings: ${warnings.length}`,
      };
    }
    case 'PublicityStarted': {
      const { firstDay, place } = event.data;
      return {
        zh: `自${firstDay}起公示，地点：${place}`,
        en: `put it up in public from ${firstDay}, at: ${place}`,
      };
    }
    case 'ObjectionRecorded':
      return {
        zh: `登记第${event.data.number}条异议`,
        en: `recorded objection ${event.data.number}`,
      };
    case 'ObjectionSettled': {
      const { number, upheld } = event.data;
      return {
        zh: `处理第${number}条异议：${upheld ? '成立' : '不成立'}`,
        en: `settled objection ${number}: ${upheld ? 'upheld' : 'not upheld'}`,
      };
    }
    case 'UnitPaperAttached': {
      const { zh, en } = fileOf(event.data.attachment);
      return { zh: `上传单位材料${zh}`, en: `attached the unit's paper ${en}` };
    }
    case 'DossierRecommended': {
      const { to, checklist } = event.data;
      const next = words.nameOf(to.organisation);
      const asked = checklist.map((code) => termOf(words.policy?.review.checklist, code));
      return {
        zh: `核查后推荐（${asked.map(({ zh }) => zh).join('、')}），报${next}`,
        en: `recommended it to ${next}, having checked: ${asked.map(({ en }) => en).join(', ')}`,
      };
    }
    case 'DossierEndorsed': {
      const next = words.nameOf(event.data.to.organisation);
      return { zh: `审核同意，报${next}`, en: `endorsed it to ${next}` };
    }
    case 'DossierReturned': {
      const { submission, reasons, from } = event.data;
      const { zh, en } = stages[from.kind];
      return {
        zh: `在${zh}环节退回第${submission}次提交，理由${reasons.length}条`,
        en: `returned submission ${submission} at ${en}; reasons: ${reasons.length}`,
      };
    }
    case 'DossierAccepted':
      return { zh: '形式审核通过', en: 'accepted it' };
    case 'FeeReceived':
      return {
        zh: `收到评审费${event.data.amount}元`,
        en: `received the fee of ${event.data.amount} yuan`,
      };
    case 'PrintedFormsReceived':
      return {
        zh: `收到评审表${event.data.copies}份`,
        en: `received ${event.data.copies} printed forms`,
      };
    case 'DefenceScheduled': {
      const { defenceAt, meeting } = event.data;
      return {
        zh: `安排答辩：${defenceAt}，${meeting}`,
        en: `appointed the defence: ${defenceAt}, ${meeting}`,
      };
    }
    case 'DefenceConcluded': {
      const { zh, en } = outcomes[event.data.outcome];
      return { zh: `记录答辩结果：${zh}`, en: `recorded the defence: ${en}` };
    }
    case 'DossierWithdrawn':
      return { zh: '撤回申报', en: 'withdrew it' };
    case 'DossierClosed': {
      const { zh, en } = closings[event.data.cause];
      return { zh: `关闭申报：${zh}`, en: `closed it: ${en}` };
    }
    case 'DossierFalsified': {
      const { titleWithdrawn, falsificationCase } = event.data;
      return titleWithdrawn
        ? {
            zh: `因弄虚作假撤销已通过的审核（案件${falsificationCase}）`,
            en: `withdrew the acceptance for falsification (case ${falsificationCase})`,
          }
        : {
            zh: `因弄虚作假不予受理（案件${falsificationCase}）`,
            en: `closed it for falsification (case ${falsificationCase})`,
          };
    }
    default:
      return neverHappens(event);
  }
}

const stages: Readonly<Record<Stage['kind'], Text>> = {
  unit: { zh: '基层单位', en: 'the unit' },
  supervision: { zh: '主管单位', en: 'the supervising body' },
  'title-office': { zh: '职称办公室', en: 'the title office' },
};

const levels: Readonly<Record<Choice['level'], Text>> = {
  senior: { zh: '高级', en: 'senior' },
  intermediate: { zh: '中级', en: 'intermediate' },
  junior: { zh: '初级', en: 'junior' },
};

const outcomes = {
  passed: { zh: '通过', en: 'passed' },
  failed: { zh: '未通过', en: 'not passed' },
  vetoed: { zh: '无故缺席，一票否决', en: 'absent without cause, one-vote veto' },
  excused: { zh: '因故缺席，另行安排', en: 'absent with cause, to be appointed again' },
} as const;

const closings = {
  'never-submitted': { zh: '申报期内未提交', en: 'never submitted in the filing window' },
  'not-resubmitted': { zh: '未在规定时间内再次提交', en: 'not submitted again in time' },
  'submission-limit': { zh: '提交次数用完', en: 'the tries are used up' },
} as const;

function choiceOf({ level, subSpecialty }: Choice, { policy }: Words): Text {
  const named = termOf(policy?.subSpecialties, subSpecialty);
  return {
    zh: `${levels[level].zh}，${named.zh}`,
    en: `${levels[level].en}, ${named.en}`,
  };
}

function termOf(terms: readonly Term[] | undefined, code: string): Text {
  return terms?.find((term) => term.code === code) ?? { zh: code, en: code };
}

function sectionTitle(section: string): Text {
  if (!isSectionName(section)) return { zh: section, en: section };
  return { zh: sections[section].title, en: sections[section].english };
}

function fileOf({ name, sha256 }: Attachment): Text {
  const file = `${name} [${shortened(sha256)}]`;
  return { zh: `“${name}”（${shortened(sha256)}）`, en: file };
}

function shortened(sha256: string): string {
  return sha256.slice(0, 8);
}
