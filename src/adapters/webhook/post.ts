export interface Posted {
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Longest wait for an answer, in milliseconds. Default 10,000. */
  readonly timeout?: number;
  readonly signal?: AbortSignal;
}

/** Resolves once the receiver has answered 2xx; rejects with a sentence that names no address. */
export async function post(url: URL, posted: Posted): Promise<void> {
  const { body, headers, timeout = 10_000, signal } = posted;
  const given = new AbortController();
  const giveUp = (): void => {
    given.abort();
  };
  const late = setTimeout(giveUp, timeout);
  signal?.addEventListener('abort', giveUp);
  if (signal?.aborted) giveUp();
  try {
    // A redirect would carry what is said to an address nobody configured.
    const sent = { method: 'POST', body, headers, redirect: 'manual' } as const;
    const response = await fetch(url, { ...sent, signal: given.signal });
    await response.body?.cancel();
    if (!response.ok) throw new Refused(response.status);
  } catch (error) {
    if (error instanceof Refused) throw error;
    const reason = given.signal.aborted ? `no answer within ${timeout} ms` : reasonOf(error);
    throw new Error(reason, { cause: error });
  } finally {
    clearTimeout(late);
    signal?.removeEventListener('abort', giveUp);
  }
}

class Refused extends Error {
  constructor(status: number) {
    super(`the receiver answered ${status}`);
  }
}

/** The code of what failed, such as ECONNREFUSED: addresses have no place in a log. */
function reasonOf(error: unknown): string {
  const { cause } = error as { readonly cause?: { readonly code?: unknown } };
  const code = typeof cause?.code === 'string' ? ` (${cause.code})` : '';
  return `the receiver cannot be reached${code}`;
}
