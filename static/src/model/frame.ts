/** Everything that the drawing shows at one instant, worked out once: parts of the drawing only read it. */
import type { PhaseName, Role } from '../types/domain.ts';
import type { Moment, State } from '../types/state.ts';
import { WHOLE } from './cursor.ts';
import type { NetLayout } from './layout.ts';
import { clamp, ease, staggered } from './motion.ts';
import { placeOf, placesOf, type Place } from './places.ts';
import { largestSize, netDomain, outputDomain, powerOfTwo, type Domain } from './scales.ts';
import { lastLayer, type Structure } from './structure.ts';
import { timelineOf, type Timeline } from './timeline.ts';

/** One factor of the chain that is looked at; `number` counts from cause to effect. */
export interface FactorTag { readonly number: number; readonly name: string; readonly shown: string; readonly value: number; readonly role: Role; readonly place: Place }

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
  /** Lit because the current quantity uses it. */
  now(place: Place): boolean;
  /** Something else is looked at, so this fades. */
  faded(place: Place): boolean;
  hot(place: Place): boolean;
  selected(place: Place): boolean;
  /** How far the slip of a parameter has been applied: 0 the old value is in use, 1 the new one. */
  applied(parameter: string, layer: number): number;
}

export function frameOf(state: State, structure: Structure, layout: NetLayout): Frame {
  const { moment, cursor } = state;
  const value = (name: string): number => moment?.value(name) ?? NaN;
  const timeline = timelineOf(state.calculations, cursor, state.t);
  const tags = tagsOf(state, structure);
  const lit = litPlaces(state, structure, tags);
  const hot = placesOf(state.highlight ? [state.highlight] : [], structure);
  const selected = placesOf(state.selection ? [state.selection] : [], structure);
  return {
    structure, layout, moment, timeline, tags, value,
    phase: cursor.phase, current: state.card?.name ?? null, selection: state.selection,
    digits: structure.weightCount <= 40 ? 4 : 3,
    widthDomain: powerOfTwo(largestSize(layout.edges.map((edge) => value(edge.name)))),
    outputs: structure.activations.map((activation, layer) => outputDomain(activation, valuesOf(structure, layer, value))),
    nets: structure.activations.map((activation, layer) => netDomain(activation, (structure.neurons[layer] ?? []).map((name) => value(`net_${name}`)))),
    now: (place) => lit?.has(place) ?? false,
    faded: (place) => lit !== null && !lit.has(place),
    hot: (place) => hot.has(place),
    selected: (place) => selected.has(place),
    applied: (parameter, layer) => appliedAt(parameter, layer, structure, timeline, layout),
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
  if (!singled(state)) return null;
  const { card } = state;
  const lit = placesOf([card!.name, ...card!.uses, ...card!.strip.map((link) => link.to)], structure);
  for (const tag of tags) lit.add(tag.place);
  // The nodes of a strip name quantities of its neurons, but only its factors are used: a tag lights one cell, not three.
  if (tags.length > 0) keepTagged(lit, card!.strip.map((link) => link.to), [...card!.uses, card!.name], tags, structure);
  return lit.size > 0 ? lit : null;
}

function keepTagged(lit: Set<Place>, nodes: readonly string[], uses: readonly string[], tags: readonly FactorTag[], structure: Structure): void {
  const used = placesOf(uses, structure);
  for (const node of nodes) {
    const place = placeOf(node, structure);
    if (place && place !== 'total' && !used.has(place) && !tags.some((tag) => tag.place === place)) lit.delete(place);
  }
}

/**
 * Simultaneous order: every slip waits for the end of the update phase. Sequential order: a layer's slips are applied
 * as soon as the layer below is worked on, which is the famous mistake.
 */
function appliedAt(parameter: string, layer: number, structure: Structure, timeline: Timeline, layout: NetLayout): number {
  if (timeline.progress(`${parameter}+`) >= 1 && inUseEarly(layer, structure, timeline)) return 1;
  if (timeline.cursor.phase !== 'update' || timeline.cursor.index !== WHOLE) return 0;
  const place = layout.edges.findIndex((edge) => edge.name === parameter);
  return ease(clamp(staggered(timeline.t, Math.max(0, place), Math.max(1, layout.edges.length), 0.6)));
}

function inUseEarly(layer: number, structure: Structure, timeline: Timeline): boolean {
  if (!structure.sequential) return false;
  if (timeline.cursor.phase === 'update') return true;
  return (structure.neurons[layer - 1] ?? []).some((name) => timeline.progress(`dE/dout_${name}`) > 0);
}
