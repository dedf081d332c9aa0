/** What pasted text would give a network: its columns, its classes, the sizes of the layers that fit. */
import { previewData } from '../api.ts';
import type { NewData, NewNetwork } from '../types/domain.ts';
import type { Store } from '../types/state.ts';
import { guarded } from './trouble.ts';

let asked = 0;

/** The answer to the last question counts, whichever comes last. */
export async function preview(store: Store, data: NewData): Promise<void> {
  const mine = ++asked;
  const found = await guarded(store, () => previewData(data));
  if (mine === asked) store.set({ preview: found ?? null });
}

/** A specification whose first and last layer are as wide as its text: that may have changed a moment ago. */
export async function sizedByText(spec: NewNetwork): Promise<NewNetwork> {
  const { data, layers } = spec;
  if (!data || !layers || !('csv' in data)) return spec;
  const { input_size, target_size } = await previewData(data);
  const last = layers.length - 1;
  const width = (place: number, size: number): number => (place === 0 ? input_size : place === last ? target_size : size);
  return { ...spec, layers: layers.map((layer, place) => ({ ...layer, size: width(place, layer.size) })) };
}
