import type { Api } from '../api.ts';
import { element, say } from '../dom.ts';
import { save } from '../download.ts';
import { sentencesOf } from '../frame.ts';
import type { Text } from '../language.ts';
import type { Attachment, Dossier } from './answers.ts';

const words = {
  masked: { zh: '已遮盖姓名', en: 'name masked' },
  noMask: { zh: '显示姓名，没有遮盖版本', en: 'shows the name; there is no masked version' },
  open: { zh: '打开', en: 'Open' },
  asIMay: { zh: '按本人权限查看', en: 'See as I may' },
  asIMayHint: {
    zh: '查看显示姓名的原件会留下记录。',
    en: 'That an original which shows the name was seen is recorded.',
  },
  notShown: { zh: '您不能查看此附件', en: 'not yours to see' },
  unknown: { zh: '不在最近一次上报的材料中', en: 'not among what was last filed' },
} as const satisfies Record<string, Text>;

/**
 * The scans of a dossier, as its reader may see them: the service decides, by the reader's token. Of a scan that
 * shows the name its masked version is asked for; the original only when the reader wants it, as that is recorded.
 */
export class Thumbnails {
  private readonly files: ReadonlyMap<string, Attachment>;
  private readonly pictures = new Map<string, Promise<string | null>>();
  private readonly seen = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) {
      if (!isIntersecting) continue;
      this.seen.unobserve(target);
      this.waiting.get(target)?.();
      this.waiting.delete(target);
    }
  });
  private readonly waiting = new Map<Element, () => void>();

  constructor(
    private readonly api: Api,
    private readonly dossier: Dossier,
  ) {
    const { content, unitPapers } = dossier;
    this.files = new Map(
      [...content.attachments, ...unitPapers].map((file) => [file.sha256, file]),
    );
  }

  get all(): readonly string[] {
    return [...this.files.keys()];
  }

  /** A picture of the file with its name; of what is no picture, its name and a way to open it. */
  of(sha256: string): HTMLElement {
    const file = this.files.get(sha256);
    const short = sha256.slice(0, 8);
    if (file === undefined) {
      return element('p', { class: 'note' }, `${short} · ${say(words.unknown)}`);
    }
    const masking = this.dossier.content.masking[sha256];
    const masked = masking?.nameShown === true;
    const shown = masked ? masking.maskedVersion : sha256;
    const place = element('div', { class: 'picture' });
    const caption = element('figcaption', {}, file.name, ' ', element('small', {}, short));
    const figure = element('figure', { class: 'thumbnail' }, place, caption);
    const shownFile = shown === null ? undefined : this.files.get(shown);
    if (masked) {
      const what = shown === null ? words.noMask : words.masked;
      caption.append(element('span', { class: 'badge' }, say(what)));
      const hint = element('p', { class: 'note' }, say(words.asIMayHint));
      figure.append(this.button(words.asIMay, sha256, figure), hint);
    } else if (!isPicture(file)) {
      figure.append(this.button(words.open, sha256, figure));
    }
    if (shownFile === undefined || !isPicture(shownFile)) {
      place.append(element('span', { class: 'kind', 'aria-hidden': 'true' }, kindOf(file)));
    } else {
      this.waiting.set(place, () => void this.draw(place, shownFile));
      this.seen.observe(place);
    }
    return figure;
  }

  private async draw(place: HTMLElement, { sha256, name }: Attachment): Promise<void> {
    const picture = this.pictures.get(sha256) ?? this.pictureOf(sha256);
    this.pictures.set(sha256, picture);
    const address = await picture;
    place.replaceChildren(
      address === null
        ? element('span', { class: 'kind' }, say(words.notShown))
        : element('img', { src: address, alt: name }),
    );
  }

  private async pictureOf(sha256: string): Promise<string | null> {
    const answer = await this.api.file(this.pathOf(sha256));
    return answer.ok ? URL.createObjectURL(answer.body.content) : null;
  }

  private button(text: Text, sha256: string, figure: HTMLElement): HTMLElement {
    const name = this.files.get(sha256)?.name ?? '';
    const label = `${say(text)}：${name}`;
    const button = element('button', { type: 'button', class: 'quiet', 'aria-label': label });
    button.append(say(text));
    const outcome = element('p', { class: 'note', role: 'status' });
    figure.append(outcome);
    button.addEventListener('click', () => {
      void this.api.file(this.pathOf(sha256)).then((answer) => {
        if (answer.ok) save(answer.body);
        else outcome.textContent = sentencesOf(answer.refusal).join('');
      });
    });
    return button;
  }

  private pathOf(sha256: string): string {
    return `/v1/evidence/${encodeURIComponent(this.dossier.id)}.${sha256}`;
  }
}

function isPicture({ mediaType }: Attachment): boolean {
  return mediaType.startsWith('image/');
}

function kindOf({ mediaType }: Attachment): string {
  return (mediaType.split('/')[1] ?? mediaType).toUpperCase();
}
