/** Fetches the reading order: of a small network all of it, of a large one the pages around the cursor. */
import { calculations } from '../api.ts';
import { WHOLE, type Cursor } from '../model/cursor.ts';
import { PHASES, readingOf, type Reading } from '../model/reading.ts';
import type { PhaseName } from '../types/domain.ts';
import type { Store } from '../types/state.ts';

const PAGE = 1000;
const AT_ONCE = 5000;
/** The next stops are wanted as well: their cards are fetched ahead of time. */
const NEAR = 10;

export async function openReading(network: string): Promise<Reading> {
  const { counts, calculations: first } = await calculations(network);
  const reading = readingOf(counts, first);
  const pages = PHASES.flatMap((phase) => pagesOf(reading, phase, reading.total <= AT_ONCE ? counts[phase] : 1));
  return withPages(network, reading, pages);
}

/** Makes sure that the calculations at and around a cursor are here. To be called inside the queue. */
export async function readAround(store: Store, { phase, index }: Cursor): Promise<void> {
  const { network, calculations: reading } = store.get();
  if (!network || index === WHOLE) return;
  const missing = pagesOf(reading, phase, index + NEAR, Math.max(0, index - NEAR));
  if (missing.length) store.set({ calculations: await withPages(network.id, reading, missing) });
}

interface Page { readonly phase: PhaseName; readonly first: number }

/** The pages of a phase between two places that are not here yet. */
function pagesOf(reading: Reading, phase: PhaseName, to: number, from = 0): Page[] {
  const pages: Page[] = [];
  const end = Math.min(to, reading.counts[phase]);
  for (let first = from - (from % PAGE); first < end; first += PAGE) {
    const last = Math.min(first + PAGE, reading.counts[phase]) - 1;
    if (!reading.at(phase, first) || !reading.at(phase, last)) pages.push({ phase, first });
  }
  return pages;
}

async function withPages(network: string, reading: Reading, pages: readonly Page[]): Promise<Reading> {
  const read = await Promise.all(pages.map(({ phase, first }) => calculations(network, { phase, first, page_size: PAGE })));
  return pages.reduce((all, { phase, first }, place) => all.with(phase, first, read[place]?.calculations ?? []), reading);
}
