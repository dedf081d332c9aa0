/**
 * The recorded steps of one network, fetched in windows around the cursor so that scrubbing 10 000 steps reads
 * memory and not the network. A window is about half a megabyte.
 */
import { traces } from '../api.ts';
import { momentOf } from '../model/moment.ts';
import type { Moment, Recorded } from '../types/state.ts';

const WINDOW_VALUES = 65_536;
const KEPT_WINDOWS = 48;

interface Window { readonly from: number; readonly columns: number; readonly values: Float64Array }

export class Recording implements Recorded {
  private readonly windows = new Map<number, Promise<Window>>();
  private readonly span: number;
  private readonly network: string;
  private readonly columns: readonly string[];
  private readonly example: number;

  constructor(network: string, columns: readonly string[], example: number) {
    this.network = network;
    this.columns = columns;
    this.example = example;
    this.span = Math.max(1, Math.floor(WINDOW_VALUES / Math.max(1, columns.length)));
  }

  /** The values at `step`; `last` is the last recorded step, which no window may pass. */
  async moment(step: number, last: number): Promise<Moment> {
    const index = Math.floor(step / this.span);
    const window = await this.window(index, Math.max(step, last));
    const place = step - window.from;
    return momentOf(step, this.columns, window.values.subarray(place * window.columns, (place + 1) * window.columns));
  }

  /** Fetches the neighbours of a step's window, so that walking on never waits. */
  prefetch(step: number, last: number): void {
    const index = Math.floor(step / this.span);
    for (const near of [index - 1, index + 1]) {
      if (near >= 0 && near * this.span <= last) this.window(near, last).catch(() => undefined);
    }
  }

  /** Steps from `step` on were changed or added: windows that hold them, or end early before them, are asked for again. */
  forgetFrom(step: number): void {
    for (const index of this.windows.keys()) if ((index + 1) * this.span > step) this.windows.delete(index);
  }

  private window(index: number, last: number): Promise<Window> {
    let window = this.windows.get(index);
    if (!window) {
      window = this.fetch(index * this.span, Math.min(last, (index + 1) * this.span - 1));
      window.catch(() => this.windows.delete(index));
      this.windows.set(index, window);
      this.trim();
    }
    return window;
  }

  private async fetch(from: number, to: number): Promise<Window> {
    const block = await traces(this.network, from, to, this.example);
    return { from, columns: block.columns, values: block.values };
  }

  private trim(): void {
    for (const index of this.windows.keys()) {
      if (this.windows.size <= KEPT_WINDOWS) return;
      this.windows.delete(index);
    }
  }
}
