/** Cards by (step, example, language, name): asked for once, several at a time, the next ones ahead of time. */
import { cards } from '../api.ts';
import type { Card, Lang } from '../types/domain.ts';

const KEPT = 600;
const AT_ONCE = 100;

export interface When { readonly step: number; readonly example: number; readonly lang: Lang }

export class Shelf {
  private readonly kept = new Map<string, Promise<Card | null>>();
  private readonly network: string;
  constructor(network: string) { this.network = network; }

  /** Asks for one card, together with the `ahead` ones that will be wanted next. */
  card(name: string, at: When, ahead: readonly string[] = []): Promise<Card | null> {
    const wanted = [name, ...ahead].filter((each) => !this.kept.has(key(each, at))).slice(0, AT_ONCE);
    if (wanted.length) this.ask(wanted, at);
    this.trim();
    return this.kept.get(key(name, at)) ?? Promise.resolve(null);
  }

  forget(): void { this.kept.clear(); }

  private ask(names: readonly string[], at: When): void {
    const answer = cards(this.network, names, at.step, at.example, at.lang);
    names.forEach((name, place) => {
      const id = key(name, at);
      const card = answer.then((all) => all[place] ?? null);
      card.catch(() => { if (this.kept.get(id) === card) this.kept.delete(id); });
      this.kept.set(id, card);
    });
  }

  private trim(): void {
    for (const id of this.kept.keys()) {
      if (this.kept.size <= KEPT) return;
      this.kept.delete(id);
    }
  }
}

const key = (name: string, at: When): string => `${at.step}|${at.example}|${at.lang}|${name}`;
