/**
 * A weight or bias on its edge: the pill with its value, the gradient once the backward phase has it, and the slip with
 * the new value, which hangs there until the update applies it.
 */
import { around, bottom, middleX, middleY, textWidth, type Rect } from '../../model/boxes.ts';
import type { Frame, ParameterState } from '../../model/frame.ts';
import { ease, mix } from '../../model/motion.ts';
import { change, overview, shown, signed, type Part as Digits } from '../../model/numbers.ts';
import type { Place } from '../../model/places.ts';
import { classes, draw, put, show, write } from '../../paint/svg.ts';
import { parameterLabel, type Ends } from './labels.ts';
import { fitted, full, numberMark, pretty } from './marks.ts';
import { changed, entitle, mood, type Part, type Stage, touchable } from './part.ts';

export interface ParameterBox extends Ends { readonly pill: Rect; readonly wide: Rect; readonly slip: Rect | null; readonly crowded: boolean; readonly round: boolean; readonly layer: number; readonly trained: boolean; /** What the pill calls it where its name is too long. */ readonly caption?: string }

const FOLD = 9;

export function parameter(stage: Stage, box: ParameterBox): Part {
  const place: Place = box.name.startsWith('w') ? `edge:${box.name}` : `bias:${box.name}`;
  const slip = box.trained ? slipMark(stage, box) : null;
  const note = box.trained ? noteMark(stage, box) : null;
  const pill = pillMark(stage, box);
  return {
    paint(frame) {
      const named = frame.named(place) || frame.selected(place) || frame.hot(place);
      const visible = !box.crowded || named;
      pill(frame, place, visible, named);
      slip?.(frame, place, visible && (box.slip !== null || named), named);
      note?.(frame, place, visible && (box.slip !== null || named), named);
    },
  };
}

type PaintMark = (frame: Frame, place: Place, visible: boolean, named: boolean) => void;

function pillMark(stage: Stage, box: ParameterBox): PaintMark {
  const group = touchable(stage.layers.pills, 'pill', box.name, box.name);
  put(group, { 'data-parameter': box.name });
  const reach = draw(group, 'rect', { class: 'reach' });
  const backing = draw(group, 'rect', { class: 'backing' });
  const face = draw(group, 'g', { class: 'face' });
  const plate = draw(face, 'rect', { class: 'plate' });
  const text = draw(face, 'text', { x: middleX(box.pill), y: middleY(box.pill) + 5, 'text-anchor': 'middle', class: 'pill-text' });
  const name = draw(text, 'tspan', { class: 'pill-name' });
  const number = draw(text, 'tspan', { class: 'number pill-value' });
  const differs = changed();
  return (frame, place, visible, named) => {
    const area = named ? box.wide : box.pill;
    const { share, before, after } = frame.parameter(box.name, box.layer);
    const looks = classes('pill', mood(frame, place), !visible && 'is-quiet', share >= 1 && 'is-new');
    if (!differs(looks, frame.moment, share, named, before.value)) return;
    const shownOne = share > 0 ? after : before;
    put(reach, { x: area.x, y: middleY(area) - 22, width: area.w, height: 44 });
    put(group, { class: looks });
    entitle(group, parameterLabel(frame, box, stage.words));
    const caption = area.w < 56 ? '' : `${box.caption ?? pretty(shownOne.name)} `;
    const room = area.w - (caption ? 8 : 6) - textWidth(caption, frame.layout.font.value - 1);
    const digits = share >= 1 ? changedText(frame, box, before.value, after.value, room) : pillText(frame, box, share > 0 ? mix(before.value, after.value, share) : before.value, share, room);
    write(name, caption);
    write(number, digits);
    const shape = frame.layout.compact ? snug(area, `${caption}${digits}`, frame.layout.font.value - 1) : area;
    for (const element of [backing, plate]) put(element, { x: shape.x, y: shape.y, width: shape.w, height: shape.h, rx: box.round ? shape.h / 2 : 8 });
    put(number, { 'data-name': shownOne.name, 'data-value': full(shownOne.value) });
  };
}

/** On a phone no wider than its text: what lies beside it is wanted too. */
const snug = (area: Rect, text: string, size: number): Rect =>
  around(middleX(area), middleY(area), Math.min(area.w, textWidth(text, size, true) + 12), area.h);

function pillText(frame: Frame, box: ParameterBox, value: number, share: number, room: number): string {
  const counting = share > 0 && share < 1;
  return fitted(box.name, counting ? Number(value.toFixed(4)) : value, { size: frame.layout.font.value - 1, room }, frame.digits);
}

/** A new value is written with as many digits as make it differ from the old one, as far as there is room. */
function changedText(frame: Frame, box: ParameterBox, before: number, after: number, room: number): string {
  const text = change(before, after).after.map((part) => part.text).join('');
  return textWidth(text, frame.layout.font.value - 1) <= room ? text : pillText(frame, box, after, 1, room);
}

/** The gradient, written beside the pill; the one that is being explained also says its name. */
function noteMark(stage: Stage, box: ParameterBox): PaintMark {
  const group = draw(stage.layers.notes, 'g', { class: 'gradient' });
  const area = box.slip ?? box.pill;
  const x = middleX(box.pill);
  const title = draw(group, 'text', { x, 'text-anchor': 'middle', class: 'gradient-name' });
  const number = numberMark(group, x, 0, 'gradient-value');
  // A neuron's own bias has its delta for a gradient, and that is written below the neuron already.
  const own = box.source === null && box.targets.length === 1;
  return (frame, place, visible, named) => {
    const key = carriedOn(frame, place) ?? `dE/d${box.name}`;
    const quiet = !visible || (own && !named) || crowdedOut(frame, place);
    const progress = frame.phase === 'backward' && !quiet ? frame.timeline.progress(key) : 0;
    const current = frame.current === key || frame.selected(place);
    show(group, progress > 0.55);
    if (progress <= 0.55) {
      number.clear();
      return;
    }
    put(group, { class: classes('gradient', frame.faded(place) && 'is-faded', frame.current === key && 'is-now') });
    show(title, current);
    // A factor's tag stands above its pill, so the gradient goes below.
    // The value that stood there before the famous mistake hangs where its slip did: the gradient keeps clear of it.
    const old = frame.parameter(box.name, box.layer).share >= 1;
    const tagged = frame.tags.some((tag) => tag.place === place);
    const above = !tagged && (area.y < box.pill.y) !== old;
    const foot = tagged && old && area.y > box.pill.y ? bottom(area) : bottom(box.pill);
    const first = above ? box.pill.y - (current ? 26 : 8) : foot + (current ? 17 : 16);
    put(title, { y: first });
    write(title, pretty(key));
    put(number.element, { y: current ? first + 17 : first });
    const value = frame.value(key);
    number.paint(key, value, signed(value, frame.digits));
  };
}

/** One path's share, dE_o1/dout_h1, belongs to the edge that it comes along; while it is explained it stands there. */
const carriedOn = (frame: Frame, place: Place): string | null =>
  (frame.named(place) && frame.current?.startsWith('dE_') ? frame.current : null);

/** While one gradient is explained in two lines, its faded neighbours give way. */
const crowdedOut = (frame: Frame, place: Place): boolean => frame.faded(place) && /^dE(\/d[wb]|_)/.test(frame.current ?? '');

/** The new weight, written aside: dashed, with a folded corner. Applied, it slides into the pill and leaves the old value. */
function slipMark(stage: Stage, box: ParameterBox): PaintMark {
  const area = box.slip ?? { ...box.wide, y: bottom(box.wide) - 2 };
  const group = draw(stage.layers.slips, 'g', { class: 'slip' });
  const paper = draw(group, 'path', { d: paperOf(area), class: 'paper' });
  const fold = draw(group, 'path', { d: foldOf(area), class: 'fold' });
  const text = draw(group, 'text', { x: middleX(area) - 2, y: middleY(area) + 5, 'text-anchor': 'middle', class: 'slip-text' });
  const name = draw(text, 'tspan', { class: 'pill-name' });
  const number = draw(text, 'tspan', { class: 'number' });
  const spans: SlipText = { name, number, same: draw(number, 'tspan', { class: 'same' }), changed: draw(number, 'tspan', { class: 'changed' }) };
  const above = area.y < box.pill.y;
  return (frame, place, visible) => {
    const state = frame.parameter(box.name, box.layer);
    const written = frame.phase === 'update' ? frame.timeline.progress(`${box.name}+`) : state.share > 0 ? 1 : 0;
    const applied = state.share >= 1;
    show(group, visible && written > 0);
    if (!visible || written <= 0) return put(number, { 'data-name': null, 'data-value': null });
    const out = Math.min(ease(written), applied ? 1 : 1 - state.share);
    put(group, {
      class: classes('slip', mood(frame, place), applied && 'is-old'), opacity: Math.min(1, out * 2),
      transform: `translate(0 ${Math.round((1 - out) * (above ? 220 : -220)) / 10})`,
    });
    show(paper, !applied);
    show(fold, !applied);
    paintSlipText(stage, state, spans, area.w - 8 - textWidth(`${box.caption ?? box.name}+ `, SLIP_SIZE), box.caption);
  };
}

interface SlipText { readonly name: SVGTSpanElement; readonly number: SVGTSpanElement; readonly same: SVGTSpanElement; readonly changed: SVGTSpanElement }

const SLIP_SIZE = 13;

/** Waiting, a slip says the new value; applied, what stood there before. */
function paintSlipText(stage: Stage, { share, before, after }: ParameterState, text: SlipText, room: number, caption?: string): void {
  const old = share >= 1;
  const said = old ? before : after;
  const digits: readonly Digits[] = old ? [{ text: shown(before.name, before.value), same: true }] : fitting(before.value, after.value, room);
  write(text.name, old ? `${stage.words.network.was} ` : `${caption ? `${caption}⁺` : pretty(after.name.endsWith('+') ? after.name : `${after.name}+`)} `);
  write(text.same, digits.filter((part) => part.same).map((part) => part.text).join(''));
  write(text.changed, digits.filter((part) => !part.same).map((part) => part.text).join(''));
  const twice = !old && share > 0;
  put(text.number, { 'data-name': twice ? null : said.name, 'data-value': twice ? null : full(said.value) });
}

/** The digits that differ, as long as they fit on the slip; a tiny change is written out in full in the panel. */
function fitting(before: number, after: number, room: number): readonly Digits[] {
  const parts = change(before, after).after;
  const text = parts.map((part) => part.text).join('');
  return textWidth(text, SLIP_SIZE) <= room ? parts : [{ text: overview(after, 3), same: false }];
}

function paperOf(area: Rect): string {
  const [x, y, r, b] = [area.x, area.y, area.x + area.w, bottom(area)];
  return `M${x + 4} ${y}H${r}V${b - FOLD}L${r - FOLD} ${b}H${x + 4}Q${x} ${b} ${x} ${b - 4}V${y + 4}Q${x} ${y} ${x + 4} ${y}Z`;
}

const foldOf = (area: Rect): string => `M${area.x + area.w} ${bottom(area) - FOLD}H${area.x + area.w - FOLD}V${bottom(area)}`;
