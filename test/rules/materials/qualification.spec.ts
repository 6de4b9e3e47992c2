import { levels } from '../../../src/rounds/policy';
import {
  firstOf,
  firstWhere,
  inContext,
  policy,
  said,
  saidBy,
  scanOf,
  senior as someSenior,
  strangeScan,
  told,
  underPolicy,
  unitOf,
  withContent,
  type Case,
} from './support';

const at = '/qualification';
const { qualification: parameters } = policy.materials;

const holder = firstWhere(
  ({ filed, context }) =>
    context.level === 'senior' &&
    filed.sections.qualification.route === 'water-engineer' &&
    filed.sections.intellectualProperty.entries === '无' &&
    filed.sections.publications.entries === '无',
);
const title = holder.filed.sections.qualification.title as Readonly<Record<string, unknown>>;
const scan = scanOf(holder);

const held = (change: object): Case =>
  withContent(holder, { [`${at}/title`]: { ...title, ...change } });

describe('M-6: the level applied for is built on a route that is open to it', () => {
  const unmet = (field: string) => `block M-6 qualification-route-unmet /sections${at}/${field}`;

  const service = {
    years: 10,
    transferredOn: '2021-03-01',
    explanation: [scan],
    appointment: [scan],
    cadreResume: [scan],
  };
  const civilServant = (change: object = {}): Case =>
    withContent(holder, {
      [`${at}/route`]: 'civil-servant',
      [`${at}/title`]: '无',
      [`${at}/civilService`]: { ...service, ...change },
    });

  describe('(a) a title in water engineering', () => {
    it.each(['水利工程', '水利水电工程', '水文与水资源', '农田灌溉'])('takes %s', (specialty) => {
      expect(said(held({ specialty }))).toEqual([]);
    });

    it('refuses a title of another specialty, and points to the route for it', () => {
      expect(said(held({ specialty: '建筑工程' }))).toEqual([unmet('title/specialty')]);
      expect(told('M-6', held({ specialty: '建筑工程' }))).toContain('取得其他专业职称');
    });

    it.each(['technician', 'junior', 'senior'])('refuses a title of level %s', (level) => {
      expect(said(held({ level }))).toEqual([unmet('title/level')]);
    });

    it('refuses without a title', () => {
      const none = withContent(holder, { [`${at}/title`]: '无' });
      expect(said(none)).toEqual([unmet('title')]);
      expect(told('M-6', none)).toContain('中级');
    });
  });

  describe('(b) ten full years as a civil servant in water work', () => {
    it('takes ten, and more', () => {
      expect(said(civilServant())).toEqual([]);
      expect(said(civilServant({ years: 11 }))).toEqual([]);
    });

    it('refuses nine', () => {
      expect(said(civilServant({ years: 9 }))).toEqual([unmet('civilService/years')]);
    });

    it.each(['explanation', 'appointment', 'cadreResume'])('refuses without %s', (paper) => {
      const without = said(civilServant({ [paper]: '无' }));
      expect(without).toEqual([unmet(`civilService/${paper}`)]);
      expect(said(civilServant({ [paper]: [strangeScan] }))).toContain(
        unmet(`civilService/${paper}`),
      );
    });

    it('refuses a move still to come, and one to no public institution', () => {
      const moved = (transferredOn: string) => said(civilServant({ transferredOn }));
      expect(moved('2022-08-10')).toEqual([]);
      expect(moved('2022-08-11')).toEqual([unmet('civilService/transferredOn')]);
      const tier = holder.context.unit?.tier ?? 'region';
      const enterprise = { ...unitOf(tier), kind: 'enterprise' as const };
      expect(said(inContext(civilServant(), { unit: enterprise }))).toEqual([unmet('route')]);
    });

    it('refuses without any civil service', () => {
      const none = withContent(civilServant(), { [`${at}/civilService`]: '无' });
      expect(said(none)).toEqual([unmet('civilService')]);
    });

    it('goes by the years of the policy', () => {
      const routes = {
        ...parameters.routes,
        'civil-servant': { needs: 'civil-service', years: 12, kinds: ['public-institution'] },
      } as const;
      const strict = (years: number) =>
        said(underPolicy(civilServant({ years }), { qualification: { ...parameters, routes } }));
      expect(strict(12)).toEqual([]);
      expect(strict(11)).toEqual([unmet('civilService/years')]);
    });
  });

  describe('(c) a title of another specialty', () => {
    const other = (change: object) =>
      withContent(held({ specialty: '建筑工程', ...change }), {
        [`${at}/route`]: 'other-specialty',
      });

    it('takes an intermediate one', () => {
      expect(said(other({}))).toEqual([]);
    });

    it('refuses one below', () => {
      expect(said(other({ level: 'junior' }))).toEqual([unmet('title/level')]);
    });
  });

  it('lets only the routes of the level lead to it', () => {
    const { terms } = policy.form.qualificationRoutes;
    for (const level of levels) {
      for (const { code, levels: open } of terms) {
        const applied = inContext(withContent(holder, { [`${at}/route`]: code }), { level });
        const refused = saidBy('M-6', applied).includes(unmet('route'));
        expect(refused).toBe(!open.includes(level));
      }
    }
    const unknown = withContent(holder, { [`${at}/route`]: 'by-luck' });
    expect(said(unknown)).toEqual([unmet('route')]);
  });

  it('a first application needs no title', () => {
    const junior = firstOf('junior');
    expect(junior.filed.sections.qualification).toMatchObject({
      route: 'first-title',
      title: '无',
    });
    expect(said(junior)).toEqual([]);
    expect(said(withContent(junior, { [`${at}/route`]: 'water-engineer' }))).toEqual([
      unmet('title'),
    ]);
  });

  it('leaves blanks to F-1', () => {
    for (const field of ['route', 'title', 'title/level', 'title/specialty']) {
      expect(saidBy('M-6', withContent(holder, { [`${at}/${field}`]: '' }))).toEqual([]);
    }
  });
});

describe('M-7: the title is proven as its place asks', () => {
  const missing = `block M-7 title-proof-missing /sections${at}/title/proofs`;
  const proven = (obtainedIn: string, ...kinds: string[]) =>
    said(held({ obtainedIn, proofs: kinds.map((kind) => ({ kind, evidence: [scan] })) }));

  it.each(['appointment-document', 'certificate', 'evaluation-form'])(
    'in Xinjiang %s is enough',
    (kind) => {
      expect(proven('xinjiang', kind)).toEqual([]);
    },
  );

  it.each(['certificate', 'evaluation-form'])(
    'elsewhere it is the document and %s, not one of them alone',
    (kind) => {
      expect(proven('elsewhere', 'appointment-document', kind)).toEqual([]);
      expect(proven('elsewhere', kind)).toEqual([missing]);
      expect(proven('elsewhere', 'appointment-document')).toEqual([missing]);
    },
  );

  it('names what is missing', () => {
    const proofs = [{ kind: 'certificate', evidence: [scan] }];
    expect(told('M-7', held({ obtainedIn: 'elsewhere', proofs }))).toBe(
      '请上传现任职资格的证明：“任职资格文件”。',
    );
  });

  it.each(['xinjiang', 'elsewhere'])('refuses a title of %s without any proof', (obtainedIn) => {
    expect(said(held({ obtainedIn, proofs: '无' }))).toContain(missing);
  });

  it('takes no proof that is not attached', () => {
    const proofs = [{ kind: 'certificate', evidence: [strangeScan] }];
    expect(said(held({ obtainedIn: 'xinjiang', proofs }))).toEqual([
      `block F-2 evidence-missing /sections${at}/title/proofs/0/evidence/0`,
      missing,
    ]);
  });

  it('can be relaxed by the policy', () => {
    const { xinjiang } = parameters.proofs;
    if (xinjiang === undefined) throw new Error('nothing is asked in Xinjiang');
    const proofs = [{ kind: 'certificate', evidence: [scan] }];
    const relaxed = { ...parameters, proofs: { xinjiang, elsewhere: xinjiang } };
    const elsewhere = held({ obtainedIn: 'elsewhere', proofs });
    expect(said(elsewhere)).toEqual([missing]);
    expect(said(underPolicy(elsewhere, { qualification: relaxed }))).toEqual([]);
  });

  it('asks nothing where no title is held', () => {
    expect(saidBy('M-7', firstOf('junior'))).toEqual([]);
  });
});

describe('M-8: professional work begins with the certificate and does not end in the future', () => {
  const mismatch = (field: string) => `block M-8 service-dates-mismatch /sections${at}/${field}`;
  const served = (from: string, to: string) =>
    said(withContent(holder, { [`${at}/professionalService`]: { from, to } }));
  const obtained = String(title['obtainedOn']);

  it('takes the date of the certificate, to 至今 or a day up to today', () => {
    expect(obtained).toMatch(/-12-20$/);
    expect(served(obtained, '至今')).toEqual([]);
    expect(served(obtained, '2022-08-10')).toEqual([]);
    expect(served(obtained, obtained)).toEqual([]);
  });

  it('refuses another beginning, by a day', () => {
    expect(served(obtained.replace('-20', '-19'), '至今')).toEqual([
      mismatch('professionalService/from'),
    ]);
    expect(served(obtained.replace('-20', '-21'), '至今')).toEqual([
      mismatch('professionalService/from'),
    ]);
  });

  it('refuses an end before the beginning or after today', () => {
    expect(served(obtained, obtained.replace('-20', '-19'))).toEqual([
      mismatch('professionalService/to'),
    ]);
    expect(served(obtained, '2022-08-11')).toEqual([mismatch('professionalService/to')]);
  });

  it('refuses a title that is still to be obtained, or an appointment', () => {
    const future = withContent(held({ obtainedOn: '2022-08-11', appointedOn: '2022-09-01' }), {
      [`${at}/professionalService/from`]: '2022-08-11',
    });
    expect(saidBy('M-8', future)).toEqual([
      mismatch('title/obtainedOn'),
      mismatch('title/appointedOn'),
      mismatch('professionalService/from'),
    ]);
    expect(said(held({ appointedOn: '无' }))).toEqual([]);
  });

  it('without a title, only looks for the future', () => {
    const junior = firstOf('junior');
    const from = (day: string) =>
      said(withContent(junior, { [`${at}/professionalService/from`]: day }));
    expect(from('2020-07-01')).toEqual([]);
    expect(from('2022-08-11')).toContain(mismatch('professionalService/from'));
  });
});

describe('M-9: vocational certificates are put to a human', () => {
  const certificate = {
    name: '一级建造师',
    specialty: '水利水电工程',
    certificateNumber: 'JZ0001',
    obtainedOn: '2020-05-01',
    evidence: [scan],
  };
  const listed = (...certificates: object[]) =>
    said(withContent(holder, { [`${at}/vocationalCertificates`]: certificates }));
  const place = `/sections${at}/vocationalCertificates`;

  it('asks for an answer to each, and refuses none', () => {
    expect(listed(certificate, { ...certificate, name: '导游证' })).toEqual([
      `review M-9 vocational-certificate-to-judge ${place}/0`,
      `review M-9 vocational-certificate-to-judge ${place}/1`,
    ]);
  });

  it('asks nothing where there is none', () => {
    expect(saidBy('M-9', someSenior)).toEqual([]);
  });

  it('refuses one that is still to be obtained', () => {
    expect(listed({ ...certificate, obtainedOn: '2022-08-11' })).toContain(
      `block M-9 date-in-future ${place}/0/obtainedOn`,
    );
  });
});
