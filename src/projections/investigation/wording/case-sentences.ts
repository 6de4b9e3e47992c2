import type { CaseEvent } from '../../../falsification/case';
import type { Text } from '../../../rules/finding';
import { said } from './reasons';

/** What was done in a falsification case, and what was said. */
export function caseSentence(event: CaseEvent): {
  readonly sentence: Text;
  readonly reasons: readonly Text[];
} {
  switch (event.type) {
    case 'FalsificationCaseOpened': {
      const { grounds, frozen } = event.data;
      const { submissions, evidence } = frozen;
      return {
        sentence: {
          zh: `立案调查，封存提交${submissions.length}次、附件${evidence.length}份`,
          en: `opened an investigation and froze submissions: ${submissions.length}, files: ${evidence.length}`,
        },
        reasons: said(grounds),
      };
    }
    case 'StatementHeard': {
      const { person, statement } = event.data;
      return {
        sentence: { zh: `听取了${person}的陈述`, en: `heard ${person}` },
        reasons: said(statement),
      };
    }
    case 'FalsificationCaseDecided': {
      const { upheld, statement } = event.data;
      return {
        sentence: upheld
          ? { zh: '作出决定：弄虚作假成立', en: 'decided that falsification was found' }
          : { zh: '作出决定：弄虚作假不成立', en: 'decided that no falsification was found' },
        reasons: said(statement),
      };
    }
  }
}
