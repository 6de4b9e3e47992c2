import type { FormContext } from './context';
import { choice, day, entries, section, text, wholeNumber } from './vocabulary';

export function awards({ policy: { form } }: FormContext) {
  return section(
    'awards',
    '主要指被用人单位及以上部门评为先进工作者、先进个人、“访惠聚”驻村先进个人、优秀共产党员等综合类的荣誉奖项。工会、妇女、平安家庭类的奖项不在此范围内。',
    {
      entries: entries('获奖情况', 'Awards', 30, {
        kind: choice('类别', 'Kind', form.awardKinds),
        name: text('荣誉名称', 'Name of the honour', 150),
        grantor: choice('授予级别', 'Level of the grantor', form.grantors),
        grantedBy: text('授予单位', 'Granted by', 100),
        grantedOn: day('授予时间', 'Granted on'),
      }),
    },
  );
}

export function intellectualProperty({ policy: { form } }: FormContext) {
  return section(
    'intellectualProperty',
    '指任现职以来在学术方面取得的发明专利等，如有，上传扫描件。',
    {
      entries: entries('知识产权', 'Intellectual property', 30, {
        kind: choice('类别', 'Kind', form.intellectualPropertyKinds),
        name: text('名称', 'Name', 200),
        number: text('证书编号', 'Certificate number', 60),
        grantedOn: day('授权时间', 'Granted on'),
        holderRank: wholeNumber('本人排名', 'Place among the holders', [1, 100]),
      }),
    },
  );
}

export function publications({ policy: { form } }: FormContext) {
  return section('publications', '指任现职以来参与编写的理论文章、著作等，需上传相关印证资料。', {
    entries: entries('著（译）作', 'Works', 30, {
      kind: choice('类别', 'Kind', form.publicationKinds),
      title: text('名称', 'Title', 200),
      publisher: text('出版或发布单位', 'Publisher', 100),
      publishedOn: day('出版时间', 'Published on'),
      contribution: text('本人承担部分', 'Part written', 300),
      authorRank: wholeNumber('本人排名', 'Place among the authors', [1, 100]),
    }),
  });
}
