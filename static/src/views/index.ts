/** Every view and the element it lives in; a new one is a line here. */
import type { Store } from '../types/state.ts';
import { mountBar } from './bar.ts';
import { mountCharts } from './charts.ts';
import { mountEditor } from './editor.ts';
import { mountHeadline } from './headline.ts';
import { mountHelp } from './help.ts';
import { mountLooking } from './looking.ts';
import { mountNetwork } from './network/index.ts';
import { mountNewNetwork } from './new-network/index.ts';
import { mountNotices } from './notices.ts';
import { mountPanel } from './panel/index.ts';
import { mountPointing } from './pointing.ts';
import { mountShare } from './share.ts';
import { mountStatus } from './status.ts';
import { mountStepper } from './stepper.ts';
import { mountTable } from './table.ts';

type Mount = (host: HTMLElement, store: Store) => void;

const VIEWS: readonly (readonly [string, Mount])[] = [
  ['bar', mountBar], ['headline', mountHeadline], ['network', mountNetwork], ['charts', mountCharts], ['panel', mountPanel],
  ['stepper', mountStepper], ['status', mountStatus], ['notices', mountNotices],
  ['dialogs', mountNewNetwork], ['dialogs', mountHelp], ['dialogs', mountShare], ['dialogs', mountTable], ['dialogs', mountEditor],
];

export function mountAll(store: Store): void {
  for (const [id, mount] of VIEWS) {
    const host = document.getElementById(id);
    if (!host) throw new Error(`The page has no element #${id}.`);
    mount(host, store);
  }
  mountPointing(store);
  mountLooking(store);
}
