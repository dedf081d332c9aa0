/**
 * The one stream of events that a page listens to. It is closed while nobody looks at the page, because browsers give a
 * host no more than six connections; what happens meanwhile is told when it is opened again, so nothing is missed.
 */
import { ApiError, events, type News } from './api.ts';
import type { Store } from './types/state.ts';

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 15_000;

/** Listens to whatever network is open. */
export function listen(store: Store): void {
  let line: Line | null = null;
  const tune = (): void => {
    const wanted = store.get().gone ? null : store.get().network?.id ?? null;
    if (line?.network !== wanted) {
      line?.close();
      line = wanted === null ? null : new Line(store, wanted);
    }
    if (document.hidden) line?.close();
    else line?.open();
  };
  document.addEventListener('visibilitychange', tune);
  store.subscribe((now, was) => { if (now.network?.id !== was.network?.id || now.gone !== was.gone) tune(); });
  tune();
}

/** The stream of one network, taken up again where it broke off. */
class Line {
  readonly network: string;
  private readonly store: Store;
  private last: string | null = null;
  private hangUp: AbortController | null = null;

  constructor(store: Store, network: string) {
    this.store = store;
    this.network = network;
  }

  open(): void {
    if (this.hangUp) return;
    this.hangUp = new AbortController();
    void this.keepOpen(this.hangUp.signal);
  }

  close(): void {
    this.hangUp?.abort();
    this.hangUp = null;
  }

  private async keepOpen(signal: AbortSignal): Promise<void> {
    let pause = FIRST_PAUSE_MS;
    while (!signal.aborted) {
      try {
        for await (const news of events(this.network, this.last, signal)) {
          pause = FIRST_PAUSE_MS;
          this.tell(news);
        }
      } catch (error) {
        if (error instanceof ApiError && error.status > 0 && !error.offline) return; // refused: asking again changes nothing
      }
      if (!signal.aborted) await new Promise((resolve) => window.setTimeout(resolve, pause));
      pause = Math.min(2 * pause, LONGEST_PAUSE_MS);
    }
  }

  private tell(news: News): void {
    if (news.subject !== 'deleted') this.last = news.id;
    if (news.subject === 'network') this.store.run('moved', news.moved);
    else if (news.subject === 'cursor') this.store.run('pointed', news.pointer);
    else this.store.run('deleted');
  }
}
