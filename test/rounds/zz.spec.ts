import { checkPolicy } from '../../src/application/policy-validator';
import { policy2022 } from '../../src/rounds/policy-2022';
it('x', () => {
  const t = Date.now();
  const r = checkPolicy(JSON.parse(JSON.stringify(policy2022)));
  console.log(Date.now() - t, 'findings' in r ? JSON.stringify(r.findings, null, 1) : 'ok');
  const t2 = Date.now(); checkPolicy(policy2022); console.log(Date.now() - t2);
  const bad = JSON.parse(JSON.stringify(policy2022));
  bad.materials.qualification.routes['water-engineer'].needs = 'x';
  bad.materials.qualification.routes['first-title'] = {};
  bad.windows.filing = {opens: '2022-02-30T10:00:00+08:00', closes: 5};
  bad.windows.review = {firstDay: '2022-02-30'};
  bad.form.degrees.clause = 5; bad.conditions.bySubSpecialty.Foo = 3; bad.windows.x = 1; delete bad.clauses['R-6'];
  bad.round = 'A'; bad.submissions.limit = 0; bad.levels.push('senior'); bad.title = ''; bad.notice = ' ';
  const e: any = JSON.parse(JSON.stringify(policy2022)); e.form.qualificationRoutes.terms.forEach((t: any) => t.levels = ['senior']); e.materials.evidence.mandatory.push('/education/nothing', '/basicInformation/name'); const re = checkPolicy(e); console.log(JSON.stringify(re));
  const r2 = checkPolicy(bad); console.log('findings' in r2 && r2.findings.map((f) => f.pointer + ' ' + f.message.zh + f.message.en).join('\n'));
});
