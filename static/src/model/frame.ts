/** Everything that the drawing shows at one instant, worked out once: parts of the drawing only read it. */
import type { Card, PhaseName, Role } from '../types/domain.ts';
import type { Moment, Result, State } from '../types/state.ts';
import { WHOLE } from './cursor.ts';
import type { NetLayout } from './layout.ts';
import { clamp, ease, staggered } from './motion.ts';
import { placeOf, placesOf, type Place } from './places.ts';
import { largestSize, netDomain, outputDomain, powerOfTwo, type Domain } from './scales.ts';
import { lastLayer, type Structure } from './structure.ts';
import { timelineOf, type Timeline } from './timeline.ts';

/** One factor of the chain that is looked at; `number` counts from cause to effect. */
export interface FactorTag { readonly number: number; readonly name: string; readonly shown: string; readonly value: number; readonly role: Role; readonly place: Place }

/** `share` 0 shows `before` alone, 1 shows `after`; names with @ belong to another step. */
export interface ParameterState { readonly share: number; readonly before: Named; readonly after: Named }
export interface Named { readonly name: string; readonly value: number }

export interface Frame {
  readonly structure: Structure;
  readonly layout: NetLayout;
  readonly moment: Moment | null;
  readonly timeline: Timeline;
  readonly phase: PhaseName;
  readonly digits: number;
  /** The largest |w| that the width of an edge can show. */
  readonly widthDomain: number;
  /** Scales per layer: of outputs (with targets), and of net inputs under the curve. */
  readonly outputs: readonly Domain[];
  readonly nets: readonly Domain[];
  readonly tags: readonly FactorTag[];
  readonly current: string | null;
  readonly selection: string | null;
  value(name: string): number;
  /** Not computed at all, as everything but the parameters without data: its place stays empty. */
  absent(name: string): boolean;
  /** Lit because the current quantity uses it. */
  now(place: Place): boolean;
  /** Something else is looked at, so this fades. */
  faded(place: Place): boolean;
  /** The current quantity itself, or one of its numbered factors: its label is shown however crowded it is. */
  named(place: Place): boolean;
  hot(place: Place): boolean;
  selected(place: Place): boolean;
  /** What a parameter's pill shows: its own value, or on the way from an old one to a new one. */
  parameter(name: string, layer: number): ParameterState;
}

export function frameOf(state: State, structure: Structure, layout: NetLayout): Frame {
  const { moment, cursor } = state;
  const value = (name: string): number => moment?.value(name) ?? NaN;
  const arrived = arrivedBy(state);
  const timeline = timelineOf(state.calculations, cursor, arrived ? clamp((state.t - APPLYING) / (1 - APPLYING)) : state.t);
  const tags = tagsOf(state, structure);
  const lit = litPlaces(state, structure, tags);
  const hot = placesOf(state.highlight ? [state.highlight] : [], structure);
  const own = placesOf(lit && state.card ? [state.card.name] : [], structure);
  const selected = placesOf(state.selection ? [state.selection] : [], structure);
  return {
    structure, layout, moment, timeline, tags, value,
    absent: (name) => moment?.value(name) === undefined,
    phase: cursor.phase, current: state.card?.name ?? null, selection: state.selection,
    digits: structure.weightCount <= 40 ? 4 : 3,
    widthDomain: powerOfTwo(largestSize(layout.edges.map((edge) => value(edge.name)))),
    outputs: structure.activations.map((activation, layer) => outputDomain(activation, valuesOf(structure, layer, value))),
    nets: structure.activations.map((activation, layer) => netDomain(activation, (layer === 0 ? [] : structure.neurons[layer] ?? []).map((name) => value(`net_${name}`)))),
    now: (place) => lit?.has(place) ?? false,
    faded: (place) => lit !== null && !lit.has(place),
    named: (place) => own.has(place) || tags.some((tag) => tag.place === place),
    hot: (place) => hot.has(place),
    selected: (place) => selected.has(place),
    parameter: (name, layer) => (arrived ? arriving(name, arrived, state, value, layout) : inPhase(name, layer, structure, timeline, value)),
  };
}

function* valuesOf(structure: Structure, layer: number, value: (name: string) => number): Iterable<number> {
  const last = layer === lastLayer(structure);
  for (const name of structure.neurons[layer] ?? []) {
    yield value(layer === 0 ? name : `out_${name}`);
    if (last && structure.hasTargets) yield value(`t_${name}`);
  }
}

function tagsOf(state: State, structure: Structure): FactorTag[] {
  if (!singled(state)) return [];
  return (state.card?.strip ?? []).flatMap((link, index) => {
    const place = placeOf(link.factor.name, structure);
    return place ? [{ number: index + 1, name: link.factor.name, shown: link.factor.shown, value: link.factor.value, role: link.role, place }] : [];
  });
}

/** Whether one quantity is looked at (then the rest fades), not a phase or a result as a whole. */
const singled = (state: State): boolean =>
  Boolean(state.card) && !state.result && !state.card!.name.startsWith('phase:') && state.card!.name !== 'result';

function litPlaces(state: State, structure: Structure, tags: readonly FactorTag[]): Set<Place> | null {
  const card = state.card;
  if (!card || !singled(state)) return null;
  const lit = placesOf([card.name, ...usedBy(card), ...card.strip.slice(-1).map((link) => link.to)], structure);
  for (const tag of tags) lit.add(tag.place);
  return lit.size > 0 ? lit : null;
}

/** A strip passes through quantities that are no factors: where they stand is not lit, or a whole capsule would glow. */
function usedBy(card: Card): readonly string[] {
  const passed = new Set(card.strip.slice(1).map((link) => link.from));
  return card.uses.filter((name) => !passed.has(name));
}

/** The step that brought the cursor here, while its result is shown: then the slips are seen being applied. */
function arrivedBy(state: State): Result | null {
  const { result, cursor } = state;
  return result && result.to === cursor.step && cursor.phase === 'forward' && cursor.index === WHOLE ? result : null;
}

/** Share of the arrival's motion in which slips are applied; the new forward pass takes the rest. */
const APPLYING = 0.45;

/** All slips together, one a little after the other; the old value stays beside the new one. */
function arriving(name: string, result: Result, state: State, value: (name: string) => number, layout: NetLayout): ParameterState {
  const place = layout.edgePlaces.get(name) ?? 0;
  const share = ease(clamp(staggered(state.t / APPLYING, place, Math.max(1, layout.edges.length), 0.7)));
  const after: Named = { name, value: value(name) };
  const before: Named = { name: `${name}@${result.from}`, value: result.before.value(name) ?? NaN };
  return before.value === after.value ? { share: 0, before: after, after } : { share, before, after };
}

/**
 * Simultaneous order: within a step every slip waits. Sequential order: a layer's new weights are used as soon as the
 * layer below is worked on, which is the famous mistake.
 */
function inPhase(name: string, layer: number, structure: Structure, timeline: Timeline, value: (name: string) => number): ParameterState {
  const [before, after] = [{ name, value: value(name) }, { name: `${name}+`, value: value(`${name}+`) }];
  const early = structure.sequential && before.value !== after.value && usedEarly(name, layer, structure, timeline);
  return { share: early ? 1 : 0, before, after };
}

function usedEarly(name: string, layer: number, structure: Structure, timeline: Timeline): boolean {
  if (timeline.cursor.phase === 'update') return timeline.progress(`${name}+`) >= 1;
  const [below = [], here = []] = [structure.neurons[layer - 1], structure.neurons[layer]];
  const begun = (key: string): boolean => timeline.progress(key) > 0;
  return below.some((neuron) => begun(`dE/dout_${neuron}`) || here.some((target) => begun(`dE_${target}/dout_${neuron}`)));
}
