/** Where the data of a new network comes from: typed, text with columns, or a data set of the catalogue. */
import type { DatasetEntry, Preview } from '../../types/domain.ts';
import { h, replace, type Child } from '../dom.ts';
import { fitted, sized, suggested, type Draft } from './draft.ts';
import { checkBox, faultSlot, field, selectBox, textArea, textBox, type Option } from './fields.ts';
import type { Form } from './form.ts';
import { typedPart } from './typed.ts';

const PAUSE_MS = 300;
let pausing = 0;

export function dataPart(form: Form): HTMLElement {
  const { draft, say } = form;
  const chosen = form.catalog?.datasets.find(({ name }) => name === draft.source);
  return h('fieldset', { class: 'data' }, h('legend', {}, say.data),
    field(say.source, selectBox('/data/dataset', say.source, draft.source, sources(form), (name) => form.reshape(choose(form, name))), '/data/dataset'),
    ...(draft.source === 'typed' ? typedPart(form) : draft.source === 'csv' ? textPart(form) : chosen ? setPart(form, chosen) : []),
    faultSlot('/data'));
}

function sources({ catalog, say }: Form): Option[] {
  const sets = (catalog?.datasets ?? []).map(({ name }) => ({ value: name, label: say.names[name] ?? name }));
  return [{ value: 'typed', label: say.typed }, { value: 'csv', label: say.csv }, ...sets];
}

function choose({ draft, catalog }: Form, name: string): Draft {
  const entry = catalog?.datasets.find((each) => each.name === name);
  return entry ? suggested(draft, entry) : fitted({ ...draft, source: name });
}

function setPart(form: Form, entry: DatasetEntry): Child[] {
  const { draft, say, lang } = form;
  const write = (name: string) => (text: string): void => form.type({ options: { ...form.draft.options, [name]: text } });
  return [
    h('p', {}, entry.sentence[lang], ' ', h('a', { href: entry.link, target: '_blank', rel: 'noreferrer' }, say.more)),
    h('p', { class: 'note' }, say.holds(entry.examples, entry.inputs.length, entry.targets.length), ' · ', entry.formula),
    h('div', { class: 'recipe' },
      ...entry.options.map(({ name, default: usual }) => {
        const label = say.dataOptions[name] ?? name;
        return field(label, textBox(`/data/${name}`, label, draft.options[name] ?? String(usual), write(name)), `/data/${name}`);
      }),
      ...treatment(form, form.type)),
  ];
}

function textPart(form: Form): Child[] {
  const { draft, say } = form;
  const ask = (patch: Partial<Draft>): void => {
    form.type(patch);
    window.clearTimeout(pausing);
    pausing = window.setTimeout(form.preview, PAUSE_MS);
  };
  const file = h('input', { type: 'file', accept: '.csv,.tsv,.txt,text/csv', 'aria-label': say.file, 'data-action': 'field:file' });
  file.addEventListener('change', () => void file.files?.[0]?.text().then((csv) => { ask({ csv }); form.reshape(form.draft); }));
  return [
    h('p', { class: 'note' }, say.csvHint),
    field(say.csv, textArea('/data/csv', say.csv, draft.csv, (csv) => ask({ csv })), '/data/csv'),
    file,
    h('p', { class: 'preview', role: 'status' }),
    h('div', { class: 'recipe' },
      field(say.targets, textBox('/data/targets', say.targets, draft.targets, (targets) => ask({ targets })), '/data/targets', say.targetsHint),
      ...treatment(form, ask)),
  ];
}

function treatment({ draft, say }: Form, write: (patch: Partial<Draft>) => void): Child[] {
  return [
    field(say.testFraction, textBox('/data/test_fraction', say.testFraction, draft.testFraction, (testFraction) => write({ testFraction })), '/data/test_fraction', say.testFractionHint),
    checkBox(say.standardise, draft.standardise, (standardise) => write({ standardise }), 'standardise'),
    faultSlot('/data/standardise'),
  ];
}

/** Writes the sizes that the text gives where they are shown; the text itself is being typed and stays untouched. */
export function showPreview(dialog: HTMLElement, form: Form, found: Preview | null): void {
  const line = dialog.querySelector('.preview');
  if (!line) return;
  replace(line, found && summary(form, found));
  if (!found) return;
  form.type(sized(form.draft, found.input_size, found.target_size));
  for (const [place, { size }] of form.draft.layers.entries()) {
    const box = dialog.querySelector<HTMLInputElement>(`[data-pointer="/layers/${place}/size"]`);
    if (box?.readOnly) box.value = size;
  }
}

function summary({ say }: Form, found: Preview): string {
  const columns = `${found.input_names.join(', ')} → ${found.target_names.join(', ')}`;
  const kept = found.test_examples ? ` ${say.apart(found.test_examples)}` : '';
  return `${say.holds(found.examples, found.input_size, found.target_size)}${kept}: ${columns}`;
}
