import { now as stillRunning } from '../../dossier/form/schema';
import { block, type Finding } from '../finding';
import { review, type Materials } from './materials';
import { dayIn, groupOf, isEvidenced, isFuture, placed } from './reading';

const at = '/sections/qualification';

/** M-7 (四(一)3): the title is proven, by what the place asks for where it was obtained. */
export function titleProven(materials: Materials): readonly Finding[] {
  const { sections, policy } = materials;
  const title = groupOf(sections.qualification?.title);
  const asked = policy.materials.qualification.proofs[title?.obtainedIn ?? ''];
  if (title === undefined || asked === undefined) return [];
  const pointer = `${at}/title/proofs`;
  const given = placed(title.proofs, pointer)
    .filter(({ entry }) => isEvidenced(materials, entry))
    .map(({ entry }) => entry.kind);
  const missing = asked.all.filter((kind) => !given.includes(kind)).map((kind) => [kind]);
  if (asked.any.length > 0 && !asked.any.some((kind) => given.includes(kind))) {
    missing.push([...asked.any]);
  }
  return missing.map((kinds) => {
    const terms = policy.form.titleProofs.terms.filter(({ code }) => kinds.includes(code));
    return block(policy, 'M-7', {
      code: 'title-proof-missing',
      pointer,
      zh: `请上传现任职资格的证明：${terms.map(({ zh }) => `“${zh}”`).join('或')}。`,
      en: `Prove the present title: upload the ${terms.map(({ en }) => en).join(' or the ')}.`,
    });
  });
}

/** M-8 (四(一)3): professional work begins with the certificate, and nothing lies in the future. */
export function serviceDatesAgree(materials: Materials): readonly Finding[] {
  const { sections, policy } = materials;
  const title = groupOf(sections.qualification?.title);
  const { from, to } = sections.qualification?.professionalService ?? {};
  const mismatch = (field: string, zh: string, en: string): Finding =>
    block(policy, 'M-8', { code: 'service-dates-mismatch', pointer: `${at}/${field}`, zh, en });
  const findings: Finding[] = [];
  const begun = dayIn(from);
  const obtained = dayIn(title?.obtainedOn);
  const ended = dayIn(to);
  if (begun !== undefined && obtained !== undefined && begun !== obtained) {
    findings.push(
      mismatch(
        'professionalService/from',
        '从事专业技术工作的开始时间须与证书取得时间一致，请对照证书填写。',
        'Professional work must begin on the date of the certificate: compare the two.',
      ),
    );
  }
  if (begun !== undefined && ended !== undefined && ended < begun) {
    findings.push(
      mismatch(
        'professionalService/to',
        '从事专业技术工作的截止时间早于开始时间。',
        'Professional work ends before it begins.',
      ),
    );
  }
  const dates = [
    ['title/obtainedOn', title?.obtainedOn],
    ['title/appointedOn', title?.appointedOn],
    ['professionalService/from', from],
    ['professionalService/to', to],
  ] as const;
  for (const [field, value] of dates) {
    if (!isFuture(materials, value)) continue;
    findings.push(
      mismatch(
        field,
        `该日期不能晚于今天；截止时间尚未到的填「${stillRunning}」。`,
        `This date cannot be in the future; for work that still goes on write ${stillRunning}.`,
      ),
    );
  }
  return findings;
}

/** M-9 (四(一)3): whether a vocational certificate belongs to engineering is for a human to judge. */
export function vocationalCertificatesToJudge({ sections, policy }: Materials): readonly Finding[] {
  return placed(sections.qualification?.vocationalCertificates, `${at}/vocationalCertificates`).map(
    ({ pointer, number }) =>
      review(policy, 'M-9', {
        code: 'vocational-certificate-to-judge',
        pointer,
        zh: `第${number}项职业资格证书：请审核人员判断是否与工程系列有关，无关的不予认可。`,
        en: `Vocational certificate ${number}: judge whether it belongs to engineering; others are not recognised.`,
      }),
  );
}
