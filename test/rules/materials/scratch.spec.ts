import { dossierContent } from '../../../src/cli/season/people/dossier-content';
import { materialFindings, counted } from '../../../src/rules/materials';
import { people, policy } from '../../form/support';
it('scratch', () => {
  const seen: Record<string, number> = {};
  for (const person of people) {
    const { sections, evidence } = dossierContent(person, policy);
    const unit: any = { id: 'x', kind: 'public-institution', tier: person.unit.tier };
    const ctx = { policy, level: person.level, subSpecialty: person.subSpecialty, unit, now: '2022-08-10T09:00:00.000+08:00' };
    for (const f of materialFindings({ sections, attachments: evidence }, ctx)) {
      const k = `${f.severity} ${f.code} ${f.pointer} ${f.message.zh}`; seen[k] = (seen[k] ?? 0) + 1;
    }
    for (const c of counted({ sections, attachments: evidence }, ctx)) if (!c.counts) { const k = `${c.code} ${c.pointer} ${person.level}`; seen[k] = (seen[k] ?? 0) + 1; }
  }
  console.log(seen);
  const [p] = people; const { sections, evidence } = dossierContent(p!, policy);
  const ctx: any = { policy, level: p!.level, subSpecialty: p!.subSpecialty, unit: {tier: p!.unit.tier}, now: '2022-08-10T09:00:00.000+08:00' };
  const t = performance.now(); for (let i = 0; i < 1000; i++) materialFindings({ sections, attachments: evidence }, ctx); console.log((performance.now() - t) / 1000, 'ms');
  const t2 = performance.now(); for (let i = 0; i < 1000; i++) counted({ sections, attachments: evidence }, ctx); console.log((performance.now() - t2) / 1000, 'ms');
});
