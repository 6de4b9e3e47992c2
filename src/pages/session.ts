/* Who reads the page. The token is kept for this tab alone, and only until it is closed. */

const kept = 'title-review-token';

/** What a token says of its bearer; the service alone decides whether it is true. */
export interface Reader {
  readonly subject: string;
  readonly roles: readonly string[];
  readonly organisation: string | null;
}

/** The token handed over in the address (`#token=…`), which is taken out of it, or the one kept before. */
export function tokenInHand(): string | null {
  const handed = /^#token=([\w.-]+)$/.exec(location.hash)?.[1];
  if (handed !== undefined) {
    history.replaceState(history.state, '', location.pathname + location.search);
    keepToken(handed);
  }
  return sessionStorage.getItem(kept);
}

export function keepToken(token: string): void {
  sessionStorage.setItem(kept, token);
}

export function forgetToken(): void {
  sessionStorage.removeItem(kept);
}

/** Undefined for what is no token at all. */
export function readerIn(token: string): Reader | undefined {
  try {
    const part = token.split('.')[1] ?? '';
    const bytes = Uint8Array.from(atob(part.replaceAll('-', '+').replaceAll('_', '/')), (byte) =>
      byte.charCodeAt(0),
    );
    const claims = JSON.parse(new TextDecoder().decode(bytes)) as {
      readonly sub?: unknown;
      readonly roles?: unknown;
      readonly org?: unknown;
    };
    return {
      subject: String(claims.sub),
      roles: Array.isArray(claims.roles) ? claims.roles.map(String) : [],
      organisation: typeof claims.org === 'string' ? claims.org : null,
    };
  } catch {
    return undefined;
  }
}
