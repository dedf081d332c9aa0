/**
 * The formula as a small table: words, symbols, numbers, step by step, result, with one column of equal signs.
 * KaTeX may write data attributes (`\htmlData`) and nothing else; its visible half is hidden from assistive technology,
 * which gets MathML and, beside it, a list of buttons for the numbers.
 */
import 'katex/dist/katex.min.css';
import katex from 'katex';
import type { Card, FormulaLine } from '../../types/domain.ts';
import type { State, Store } from '../../types/state.ts';
import { words } from '../../i18n/index.ts';
import { h, replace, watch } from '../dom.ts';
import { numberButton } from '../number.ts';
import { pretty } from '../pretty.ts';
import { mode } from './mode.ts';

const MIN_INTERVAL_MS = 100;
const KEPT = 400;
const rendered = new Map<string, string>();

export function mountFormula(host: HTMLElement, store: Store): void {
  watch(store, (state) => [state.card, state.lang, mode(state)], atMostEvery(MIN_INTERVAL_MS, () => draw(host, store.get())));
}

function draw(host: HTMLElement, state: State): void {
  const card = state.card;
  host.hidden = mode(state) !== 'now' || !card || card.lines.length === 0;
  if (host.hidden || !card) return;
  const say = words(state.lang).panel;
  const named = card.lines.find(({ label }) => label !== 'words');
  replace(host,
    h('div', { class: 'formula', role: 'group', tabindex: 0, 'aria-label': say.formula, 'data-relation': card.relation, 'data-of': card.name },
      ...card.lines.flatMap((line) => row(line, card, say.lines[line.label] ?? line.label, line === named))),
    card.relation === '≈' && h('p', { class: 'note' }, say.exact),
    h('ul', { class: 'terms', 'aria-label': say.termsLabel }, ...card.terms.map((term) => h('li', {},
      h('span', {}, `${term.label || pretty(term.name)} `),
      numberButton({ name: term.name, value: term.value, text: term.shown, role: term.role })))));
}

/** The name of the quantity stands once, on the left of the first line that is not in words. */
function row(line: FormulaLine, card: Card, label: string, named: boolean): HTMLElement[] {
  const sign = line.label === 'result' && card.relation === '≈' ? '\\approx' : '=';
  return [
    h('span', { class: 'formula-label' }, label),
    cell('formula-left', named ? card.title_latex : ''),
    cell('formula-sign', sign),
    cell(line.label === 'result' ? 'formula-right result' : 'formula-right', line.latex, line.label),
  ];
}

function cell(className: string, latex: string, label?: string): HTMLElement {
  const element = h('span', { class: className, 'data-line': label });
  if (latex) element.innerHTML = tex(latex, label !== 'words');
  return element;
}

/** Rendered once per text: while scrubbing most of a formula stays the same. */
export function tex(latex: string, displayMode = true): string {
  const known = rendered.get(latex);
  if (known !== undefined) return known;
  const html = katex.renderToString(latex, {
    displayMode, strict: false, throwOnError: false, trust: (context) => context.command === '\\htmlData',
  });
  if (rendered.size > KEPT) rendered.clear();
  rendered.set(latex, html);
  return html;
}

/** The first call runs at once; calls in the pause after it become one, at its end. */
function atMostEvery(pause: number, run: () => void): () => void {
  let last = -Infinity;
  let timer = 0;
  return () => {
    window.clearTimeout(timer);
    const rest = last + pause - performance.now();
    const go = (): void => { last = performance.now(); run(); };
    if (rest <= 0) go();
    else timer = window.setTimeout(go, rest);
  };
}
