import { masked, maskedContent } from '../../src/privacy/masking';
import { noteRead, readsAggregate, type Reads } from '../../src/privacy/reads';
import type { Json } from '../../src/engine/event-store';
import { filedContent } from '../support/dossier';

describe('Masking', () => {
  const { basicInformation } = filedContent.sections as {
    basicInformation: { idNumber: string; phone: string; name: string };
  };

  it('leaves of an identifier the first three and the last four characters', () => {
    expect(masked('650102198001011234', '/sections/basicInformation/idNumber')).toBe(
      '650***********1234',
    );
    expect(masked('13912348765', '/sections/basicInformation/phone')).toBe('139****8765');
    expect(masked('1234567', '/sections/basicInformation/phone')).toBe('*******');
  });

  it('covers the identifiers of a content and nothing else', () => {
    const shown = maskedContent(filedContent);
    const { idNumber, phone, ...rest } = basicInformation;
    expect(JSON.stringify(shown)).not.toMatch(new RegExp(`${idNumber}|${phone}`));
    expect(shown.sections.basicInformation).toMatchObject(rest);
    const { basicInformation: _, ...others } = filedContent.sections;
    const { basicInformation: __, ...shownOthers } = shown.sections;
    expect(shownOthers).toEqual(others);
    expect(shown.attachments).toBe(filedContent.attachments);
  });

  it('covers the identification of who endorses a representative work', () => {
    const works: Json = [
      { title: '代表作', endorsers: [{ name: '王', identification: '650102197001011234' }] },
    ];
    expect(masked({ representativeWorks: works }, '/sections/achievements')).toEqual({
      representativeWorks: [
        { title: '代表作', endorsers: [{ name: '王', identification: '650***********1234' }] },
      ],
    });
  });
});

describe('Reading personal data unmasked', () => {
  const asked = { dossier: 'd', reader: 'uma', revision: 7, part: 'submissions/1' };
  const after = (...reads: Reads) =>
    reads
      .flatMap((read) => noteRead([], read))
      .reduce((state, event) => readsAggregate.evolve(state, event), readsAggregate.initial);

  it('is recorded once a reader, part and revision', () => {
    expect(noteRead(after(), asked)).toEqual([{ type: 'PersonalDataRead', data: asked }]);
    expect(noteRead(after(asked), asked)).toEqual([]);
    for (const other of [{ reader: 'ben' }, { revision: 8 }, { part: 'submissions/2' }]) {
      expect(noteRead(after({ ...asked, ...other }), asked)).toHaveLength(1);
    }
  });
});
