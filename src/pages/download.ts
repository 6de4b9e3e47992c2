import type { FileAnswer } from './api.ts';
import { element } from './dom.ts';

/** Hands a file to the browser to be saved under its name. */
export function save({ content, name }: FileAnswer): void {
  const address = URL.createObjectURL(content);
  const link = element('a', { href: address, download: name, hidden: true });
  document.body.append(link);
  link.click();
  link.remove();
  // Only once the browser has had time to begin.
  setTimeout(() => {
    URL.revokeObjectURL(address);
  }, 60_000);
}
