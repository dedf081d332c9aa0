/** The form of a new network: layers, the recipe, the data. */
import type { Words } from '../../i18n/index.ts';
import type { Catalog, Lang } from '../../types/domain.ts';
import { h, type Child } from '../dom.ts';
import { icon } from '../icons.ts';
import { fitted, type Draft, type LayerDraft } from './draft.ts';
import { checkBox, faultSlot, field, selectBox, textBox, type Option } from './fields.ts';
import { activationsFor, neededBy, withLoss, withOutput, type Switched } from './pairing.ts';

export interface Form {
  readonly draft: Draft;
  readonly say: Words['create'];
  readonly catalog: Catalog | null;
  readonly lang: Lang;
  /** Takes what was typed; the form stays as it is. */
  readonly type: (draft: Partial<Draft>) => void;
  /** Takes a change of shape; the form is drawn again. */
  readonly reshape: (draft: Draft) => void;
  /** Asks what the text of the draft holds. */
  readonly preview: () => void;
  /** The data alone is drawn again: the box that is typed in keeps the focus. */
  readonly redata: (draft: Draft) => void;
}

const named = ({ say }: Form, name: string): string => say.names[name] ?? name;

/** What the catalogue offers; until it is here, what is chosen already. */
function options(form: Form, offered: readonly { readonly name: string }[] | undefined, chosen: string): Option[] {
  return (offered ?? [{ name: chosen }]).map(({ name }) => ({ value: name, label: named(form, name) }));
}

function losses(form: Form): Option[] {
  return options(form, form.catalog?.losses, form.draft.loss).map((option) => {
    const needed = neededBy(option.value, form.catalog);
    return needed ? { ...option, label: form.say.needs(option.label, named(form, needed)) } : option;
  });
}

export function layersPart(form: Form): HTMLElement {
  const { draft, say } = form;
  const last = draft.layers.length - 1;
  const add = (): void => form.reshape({ ...form.draft, layers: form.draft.layers.toSpliced(last, 0, { size: '3', activation: form.draft.layers[last - 1]?.activation ?? 'sigmoid' }) });
  const button = h('button', { type: 'button', 'data-action': 'add-layer' }, icon('plus'), say.add);
  button.addEventListener('click', add);
  return h('fieldset', {}, h('legend', {}, say.layers),
    h('ol', { class: 'layers' }, ...draft.layers.map((layer, place) => layerRow(form, layer, place, last))), button, faultSlot('/layers'));
}

function layerRow(form: Form, layer: LayerDraft, place: number, last: number): HTMLElement {
  const { say } = form;
  const name = say.layerName(place, last);
  const end = place === 0 || place === last;
  const change = (patch: Partial<LayerDraft>): Draft => withLayer(form.draft, place, patch);
  const size = textBox(`/layers/${place}/size`, say.size(name), layer.size, (text) => (end ? form.redata : form.type)(change({ size: text })), 'short');
  if (place === 0) size.autofocus = true;
  size.readOnly = form.draft.source !== 'typed' && end;
  return h('li', {}, h('span', {}, name), size,
    place > 0 && activationBox(form, layer, place, last),
    place > 0 && place < last && removeLayer(form, place, name),
    size.readOnly && h('small', { class: 'note' }, say.sizeOfData),
    place === last && switchedNote(form, 'output'),
    faultSlot(`/layers/${place}/size`), faultSlot(`/layers/${place}`));
}

const withLayer = (draft: Draft, at: number, patch: Partial<LayerDraft>): Draft =>
  fitted({ ...draft, layers: draft.layers.map((layer, place) => (place === at ? { ...layer, ...patch } : layer)) });

function activationBox(form: Form, layer: LayerDraft, place: number, last: number): HTMLElement {
  const { say, catalog } = form;
  const offered = options(form, catalog ? activationsFor(catalog, place === last) : undefined, layer.activation);
  const write = (activation: string): void => {
    if (place === last) form.reshape(withOutput(form.draft, activation, catalog));
    else form.type(withLayer(form.draft, place, { activation }));
  };
  return selectBox(`/layers/${place}/activation`, say.activation(say.layerName(place, last)), layer.activation, offered, write);
}

/** Says why the other one of loss and output activation has changed. */
function switchedNote(form: Form, what: Switched['what']): Child {
  const { say, draft: { switched, loss } } = form;
  if (switched?.what !== what) return null;
  const [because, needed] = [named(form, switched.because), named(form, neededBy(switched.because, form.catalog) ?? '')];
  return h('small', { class: 'note switched', role: 'status' }, what === 'output' ? say.outputFollows(because, needed) : say.lossFollows(because, needed, named(form, loss)));
}

function removeLayer(form: Form, place: number, name: string): HTMLElement {
  const button = h('button', { type: 'button', class: 'square small', 'aria-label': form.say.remove(name), 'data-action': `remove-layer:${place}` }, icon('close'));
  button.addEventListener('click', () => form.reshape({ ...form.draft, layers: form.draft.layers.toSpliced(place, 1) }));
  return button;
}

export function recipePart(form: Form): Child[] {
  const { draft, say, type } = form;
  const orders: Option[] = (['simultaneous', 'sequential'] as const).map((value) => ({ value, label: say.orders[value] }));
  const biases: Option[] = (['per_neuron', 'shared', 'none'] as const).map((value) => ({ value, label: say.biases[value] }));
  return [
    field(say.loss, selectBox('/loss', say.loss, draft.loss, losses(form), (loss) => form.reshape(withLoss(form.draft, loss, form.catalog))), '/loss', switchedNote(form, 'loss')),
    field(say.optimizer, selectBox('/optimizer/name', say.optimizer, draft.optimizer, options(form, form.catalog?.optimizers, draft.optimizer), (name) => form.reshape(withOptimizer(form, name))), '/optimizer/name'),
    field(say.rate, textBox('/optimizer/learning_rate', say.rate, draft.rate, (rate) => type({ rate })), '/optimizer'),
    field(say.bias, selectBox('/bias/mode', say.bias, draft.bias, biases, (bias) => type({ bias: bias as Draft['bias'] })), '/bias'),
    field(say.order, selectBox('/update_order', say.order, draft.order, orders, (order) => type({ order: order as Draft['order'] })), '/update_order'),
    field(say.seed, textBox('/seed', say.seed, draft.seed, (seed) => type({ seed })), '/seed', say.seedHint),
    checkBox(say.trainBias, draft.trainBias, (trainBias) => type({ trainBias }), 'train-bias'),
    checkBox(say.tidy, draft.tidy, (tidy) => type({ tidy }), 'tidy'),
  ];
}

/** Each optimizer has a learning rate of its own to begin with: what suits one is far too much or too little for another. */
function withOptimizer({ draft, catalog }: Form, optimizer: string): Draft {
  const own = catalog?.optimizers.find(({ name }) => name === optimizer)?.options.find(({ name }) => name === 'learning_rate')?.default;
  return { ...draft, optimizer, rate: own == null ? draft.rate : String(own) };
}
