/** The start of the page: styles, one store, every view, and then the network that the address or the memory names. */
import '@fontsource-variable/noto-sans-kr';
import './css/index.css';
import { runAction } from './actions.ts';
import { followAlarms } from './actions/alarms.ts';
import { boot, followHash } from './actions/opening.ts';
import { followAddress, rememberedTheme, startLang } from './actions/place.ts';
import { followMotion } from './actions/playing.ts';
import { followRoot } from './actions/preferences.ts';
import { followPresenter } from './actions/presenting.ts';
import { listen } from './live.ts';
import { createStore } from './store.ts';
import { mountAll } from './views/index.ts';

const store = createStore({ lang: startLang(), theme: rememberedTheme() }, runAction);

followMotion(store);
followAddress(store);
followHash(store);
followAlarms(store);
followPresenter(store);
listen(store);
mountAll(store);
followRoot(store);
void boot(store);
