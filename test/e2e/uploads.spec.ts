import { describeBuilt, spawnService, type SpawnedService } from '../support/service';
import { DossierFile } from './dossier-file';
import { applicant } from './people';

const mebibyte = 1024 * 1024;
const each = 16 * mebibyte;
const uploads = 16;

/** Needs the built service: its memory is its own. */
describeBuilt('Many large uploads at the same time', () => {
  let service: SpawnedService;
  beforeAll(async () => {
    service = await spawnService();
  });
  afterAll(() => service.stop());

  const memory = async (): Promise<number> => {
    const { text } = await service.as(null).get('/metrics');
    const external = /^nodejs_external_memory_bytes (\S+)$/m.exec(text)?.[1];
    return Number(external ?? Number.NaN);
  };

  it('are all taken, and held in memory by none', async () => {
    const files = await Promise.all(
      Array.from({ length: uploads }, (_, number) =>
        DossierFile.open(service, applicant(`uploader-${number}`)),
      ),
    );
    const before = await memory();
    let peak = before;
    const under = { way: true };
    const sent = Promise.all(
      files.map(({ id, applicant: person }, number) =>
        service.as(person).upload(id, largePdf(number)),
      ),
    ).finally(() => {
      under.way = false;
    });
    while (under.way) peak = Math.max(peak, await memory());
    expect((await sent).map(({ status }) => status)).toEqual(Array(uploads).fill(201));
    expect(peak - before).toBeLessThan((uploads * each) / 2);
  });
});

function largePdf(number: number): Buffer {
  const ends = [`%PDF-1.4\n${number}\n`, '\n%%EOF\n'] as const;
  return Buffer.concat([Buffer.from(ends[0]), Buffer.alloc(each, 'x'), Buffer.from(ends[1])]);
}
