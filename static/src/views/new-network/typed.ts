/** Data typed cell by cell: one row per example, inputs and then targets; a block of cells can be pasted anywhere. */
import { h, type Child } from '../dom.ts';
import { icon } from '../icons.ts';
import { fitted, pasted, widths, type Draft, type Row } from './draft.ts';
import { faultSlot, textBox } from './fields.ts';
import type { Form } from './form.ts';

const MOST_ROWS = 50;

export function typedPart(form: Form): Child[] {
  const { draft, say } = form;
  const [inputs, targets] = widths(draft);
  const heads = [...numbered('i', inputs), ...numbered('t_o', targets)];
  const add = h('button', { type: 'button', 'data-action': 'add-row', disabled: draft.rows.length >= MOST_ROWS }, icon('plus'), say.addRow);
  add.addEventListener('click', () => form.reshape(fitted({ ...form.draft, rows: [...form.draft.rows, { inputs: [], targets: [] }] })));
  return [h('p', { class: 'note' }, say.dataHint),
    h('div', { class: 'data-scroll', tabindex: 0, role: 'group', 'aria-label': say.data },
      h('table', {},
        h('thead', {}, h('tr', {}, h('td', {}), ...heads.map((head) => h('th', { scope: 'col' }, head)), h('td', {}))),
        h('tbody', {}, ...draft.rows.map((row, down) => dataRow(form, row, down, heads))))),
    add];
}

const numbered = (prefix: string, count: number): string[] => Array.from({ length: count }, (_, place) => `${prefix}${place + 1}`);

function dataRow(form: Form, row: Row, down: number, heads: readonly string[]): HTMLElement {
  const { say, draft } = form;
  const cells = [...row.inputs.map((text, right) => ['inputs', text, right] as const), ...row.targets.map((text, right) => ['targets', text, right] as const)];
  const remove = h('button', { type: 'button', class: 'square small', 'aria-label': say.removeRow(down + 1), 'data-action': `remove-row:${down}` }, icon('close'));
  remove.addEventListener('click', () => form.reshape({ ...form.draft, rows: form.draft.rows.toSpliced(down, 1) }));
  return h('tr', {}, h('th', { scope: 'row' }, h('span', { class: 'visually-hidden' }, say.row(down + 1)), String(down + 1)),
    ...cells.map(([kind, text, right], column) => h('td', {}, cell(form, down, column, kind, right, text, heads[column] ?? ''))),
    h('td', {}, draft.rows.length > 1 && remove));
}

function cell(form: Form, down: number, column: number, kind: 'inputs' | 'targets', right: number, text: string, head: string): HTMLElement {
  const pointer = `/data/${kind}/${down}/${right}`;
  const write = (value: string): void => form.type({ rows: written(form.draft, down, kind, right, value) });
  const input = textBox(pointer, form.say.cell(down + 1, head), text, write, 'cell');
  input.addEventListener('paste', (event) => {
    const block = event.clipboardData?.getData('text/plain') ?? '';
    if (!/[\t\n;]/.test(block.trim())) return;
    event.preventDefault();
    form.reshape(pasted(form.draft, block, down, column));
  });
  const box = h('div', {}, input, faultSlot(pointer));
  return box;
}

function written(draft: Draft, down: number, kind: 'inputs' | 'targets', right: number, value: string): readonly Row[] {
  const row = draft.rows[down];
  return row ? draft.rows.with(down, { ...row, [kind]: row[kind].with(right, value) }) : draft.rows;
}
