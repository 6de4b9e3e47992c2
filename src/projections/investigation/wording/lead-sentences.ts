import { roundOf } from '../../../dossier/stream';
import type { Text } from '../../../rules/finding';
import type { Lead, LeadKind, LeadPart } from '../lead';
import { unitOf } from '../sharing-leads';
import { durationOf } from './who';

/** A lead as people read it: what happened, and what it may innocently come from. */
export interface LeadWording {
  readonly title: Text;
  readonly sentence: Text;
  readonly explanations: readonly Text[];
}

type NameOf = (organisation: string) => string;

export function wordingOf(lead: Lead, nameOf: NameOf): LeadWording {
  const { title, explanations } = kinds[lead.kind];
  const { zh, en } = kinds[lead.kind].sentence(lead, nameOf);
  return {
    title,
    sentence: {
      zh: `${zh}。这只是线索，不是结论。`,
      en: `${en}. This is a lead, not a finding.`,
    },
    explanations,
  };
}

export const leadTitles: Readonly<Record<LeadKind, Text>> = {
  'evidence-shared': {
    zh: '同一文件用于不同人的材料',
    en: 'One file in the dossiers of several people',
  },
  'passed-fast': { zh: '通过过快', en: 'Passed fast' },
  'passed-in-burst': { zh: '短时间内集中通过', en: 'Many passed in a short time' },
  'address-of-applicant': {
    zh: '审核人与申报人共用网络地址',
    en: 'Reviewer and applicant on one network address',
  },
  'address-of-another-level': {
    zh: '不同审核环节共用网络地址',
    en: 'Two levels of review on one network address',
  },
  'filings-from-one-address': {
    zh: '不同单位的材料自同一地址上报',
    en: 'Dossiers of several units filed from one address',
  },
};

interface Kind {
  readonly title: Text;
  sentence(lead: Lead, nameOf: NameOf): Text;
  readonly explanations: readonly Text[];
}

const network: Text = {
  zh: '同在一处办公、经同一出口上网，或使用会议、培训地点的网络',
  en: 'they work in one place, share a way into the internet, or used the network of a meeting or a course',
};
const carrier: Text = {
  zh: '移动运营商让许多用户共用一个地址',
  en: 'mobile carriers give one address to many users',
};

const kinds: Readonly<Record<LeadKind, Kind>> = {
  'evidence-shared': {
    title: leadTitles['evidence-shared'],
    sentence({ parts, sha256 }) {
      const short = (sha256 ?? '').slice(0, 8);
      const people = distinct(parts, ({ applicant }) => applicant);
      const dossiers = distinct(parts, ({ dossier }) => dossier);
      const rounds = distinct(parts, ({ dossier }) => roundOf(dossier) ?? '');
      return {
        zh: `同一份文件（${short}）附在${people}人的${dossiers}份材料中，涉及${rounds}个年度`,
        en: `One file (${short}) is attached to ${dossiers} dossiers of ${people} people, in rounds: ${rounds}`,
      };
    },
    explanations: [
      {
        zh: '同一项目的合作者上传同一份立项、验收或获奖文件',
        en: 'people of one project attach the same approval, acceptance or award',
      },
      {
        zh: '单位为多人统一出具的证明或文件',
        en: 'a paper their unit issued for all of them',
      },
    ],
  },
  'passed-fast': {
    title: leadTitles['passed-fast'],
    sentence({ parts, measures }, nameOf) {
      const { account, organisation } = actorOf(parts, nameOf);
      const waited = durationOf(measures['seconds'] ?? 0);
      const limit = durationOf(measures['limit'] ?? 0);
      return {
        zh: `${organisation}的${account}在材料到达后${waited.zh}（办公时间）即予通过，短于${limit.zh}`,
        en: `${account} of ${organisation} passed it ${waited.en} (of office hours) after it came, sooner than ${limit.en}`,
      };
    },
    explanations: [
      {
        zh: '此前已审阅过纸质材料，或系退回后仅作少量修改的再次上报',
        en: 'it was read on paper before, or only little was changed since it was returned',
      },
      { zh: '在非办公时间已开始审阅', en: 'reading had begun outside office hours' },
    ],
  },
  'passed-in-burst': {
    title: leadTitles['passed-in-burst'],
    sentence({ parts, measures }, nameOf) {
      const { account, organisation } = actorOf(parts, nameOf);
      const dossiers = distinct(parts, ({ dossier }) => dossier);
      const [approvals, minutes] = [measures['approvals'] ?? 0, measures['minutes'] ?? 0];
      return {
        zh: `${organisation}的${account}当日集中通过${dossiers}份材料（${minutes}分钟内达到${approvals}份）`,
        en: `${account} of ${organisation} passed ${dossiers} dossiers that day in stretches of ${approvals} or more in ${minutes} minutes`,
      };
    },
    explanations: [
      {
        zh: '逐份审阅在先，集中录入意见在后',
        en: 'they were read one by one, and the opinions entered together afterwards',
      },
      { zh: '经会议集体研究后统一办理', en: 'a meeting had decided on all of them' },
    ],
  },
  'address-of-applicant': {
    title: leadTitles['address-of-applicant'],
    sentence({ parts, address, measures }, nameOf) {
      const { account, organisation, applicant } = actorOf(parts, nameOf);
      const { days, accounts } = spanOf(measures);
      return {
        zh: `${organisation}的${account}通过了${applicant}的材料，此前${days}天内二人都从${address ?? ''}办理过（该地址共${accounts}个账号）`,
        en: `${account} of ${organisation} passed the dossier of ${applicant}; both had acted from ${address ?? ''} within ${days} days before (accounts there: ${accounts})`,
      };
    },
    explanations: [network, carrier],
  },
  'address-of-another-level': {
    title: leadTitles['address-of-another-level'],
    sentence({ parts, address, measures }, nameOf) {
      const { account, organisation } = actorOf(parts, nameOf);
      const others = [...new Set(parts.slice(0, -1).map((part) => part.account))];
      const { accounts } = spanOf(measures);
      return {
        zh: `${organisation}的${account}与前面环节的${others.join('、')}从同一地址${address ?? ''}先后通过了同一份材料（该地址共${accounts}个账号）`,
        en: `${account} of ${organisation} passed it from ${address ?? ''}, as ${others.join(', ')} had at a level before (accounts there: ${accounts})`,
      };
    },
    explanations: [network, carrier],
  },
  'filings-from-one-address': {
    title: leadTitles['filings-from-one-address'],
    sentence({ parts, address, measures }) {
      const units = distinct(parts, unitOf);
      const people = distinct(parts, ({ applicant }) => applicant);
      return {
        zh: `${units}个单位的${people}名申报人从同一地址${address ?? ''}上报（${measures['hours'] ?? 0}小时内达到${measures['units'] ?? 0}个单位）`,
        en: `${people} applicants of ${units} units filed from ${address ?? ''} (${measures['units'] ?? 0} units or more in ${measures['hours'] ?? 0} hours)`,
      };
    },
    explanations: [
      network,
      carrier,
      {
        zh: '网络条件差的单位到同一处集中上报',
        en: 'units with a poor network file from one place',
      },
    ],
  },
};

/** Who passed it: the last event of a lead about a reviewer is the one that made it. */
function actorOf(parts: readonly LeadPart[], nameOf: NameOf) {
  const { account = '', organisation = null, applicant = '' } = parts.at(-1) ?? {};
  return { account, applicant, organisation: organisation === null ? '' : nameOf(organisation) };
}

function spanOf(measures: Lead['measures']) {
  return { days: measures['days'] ?? 0, accounts: measures['accounts'] ?? 0 };
}

function distinct(parts: readonly LeadPart[], by: (part: LeadPart) => string): number {
  return new Set(parts.map(by)).size;
}
