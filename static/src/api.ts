/**
 * The only door to the service: one function per request, one error type for everything that can go wrong.
 * Not-finite numbers travel as strings ("NaN", "Infinity"); they become floats here, so that nobody else has to know.
 */
import { EventSourceParserStream, type EventSourceMessage } from 'eventsource-parser/stream';
import { authorization, heldFor, hold } from './tokens.ts';
import type { Role } from './types/state.ts';
import type {
  Alarm, Calculation, Card, Catalog, CreatedDoc, Derivation, Fault, ForwardAnswer, GradientCheck, Lang, Moved, NetworkDoc, NewData, NewNetwork, PhaseName, Pointer, Preview, StepsAnswer, Thinned, TrainingDoc,
} from './types/domain.ts';

const BASE = '/api/v1';
const SILENCE_MS = 45_000;
const NOT_FINITE: { readonly [text: string]: number } = { NaN: NaN, Infinity: Infinity, '-Infinity': -Infinity };

/** An answer that says no; `status` 0 means that no answer came at all. */
export class ApiError extends Error {
  readonly status: number;
  readonly faults: readonly Fault[];
  /** The kind of refusal: `no-data`. */
  readonly code: string;
  constructor(status: number, message: string, faults: readonly Fault[] = [], code = '') {
    super(message);
    this.name = 'ApiError';
    this.status = status;
    this.faults = faults;
    this.code = code;
  }
  get offline(): boolean { return this.status === 0 || this.status >= 502; }
}

export interface Block { readonly rows: number; readonly columns: number; readonly values: Float64Array }

interface More { readonly accept?: string; readonly headers?: Readonly<Record<string, string>>; readonly signal?: AbortSignal }

async function send(method: string, path: string, body?: unknown, { accept = 'application/json', headers: more, signal }: More = {}): Promise<Response> {
  const headers: Record<string, string> = { Accept: accept, ...authorization(path), ...more };
  if (body !== undefined) headers['Content-Type'] = 'application/json';
  let answer: Response;
  try {
    answer = await fetch(BASE + path, { method, headers, ...(signal && { signal }), ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
  } catch {
    throw new ApiError(0, 'offline');
  }
  if (!answer.ok) throw await refusal(answer);
  return answer;
}

async function refusal(answer: Response): Promise<ApiError> {
  try {
    const problem = await answer.json() as { type?: string; title?: string; detail?: string; errors?: Fault[] };
    return new ApiError(answer.status, problem.detail ?? problem.title ?? answer.statusText, problem.errors ?? [], problem.type?.split('#problem-')[1]);
  } catch {
    return new ApiError(answer.status, answer.statusText);
  }
}

/** Numbers that JSON cannot write come as words. Only whole strings under keys that hold numbers can be one of them. */
function revive(key: string, value: unknown): unknown {
  return typeof value === 'string' && key !== 'text' && key !== 'shown' && value in NOT_FINITE ? NOT_FINITE[value] : value;
}

async function json<T>(method: string, path: string, body?: unknown): Promise<T> {
  const answer = await send(method, path, body);
  return JSON.parse(await answer.text(), revive) as T;
}

async function binary(path: string): Promise<Block> {
  const answer = await send('GET', path, undefined, { accept: 'application/octet-stream' });
  const [rows = 0, columns = 1] = (answer.headers.get('Slowprop-Shape') ?? '').split(',').map(Number);
  return { rows, columns, values: new Float64Array(await answer.arrayBuffer()) };
}

const query = (values: Record<string, string | number>): string =>
  '?' + new URLSearchParams(Object.entries(values).map(([key, value]) => [key, String(value)])).toString();

export const catalog = (): Promise<Catalog> => json('GET', '/catalog');

/** Where networks are seen by links, the new one's are held by this tab. */
export async function createNetwork(spec: NewNetwork): Promise<NetworkDoc> {
  const made = await json<CreatedDoc>('POST', '/networks', spec);
  if (made.tokens) hold(made.id, 'edit', made.tokens);
  return made;
}

/** One more link, held by this tab from now on. */
export async function makeLink(id: string, role: Role): Promise<void> {
  const { token } = await json<{ token: string }>('POST', `/networks/${id}/links`, { role });
  hold(id, heldFor(id)?.as ?? role, { [role]: token });
}

export const previewData = (data: NewData): Promise<Preview> => json('POST', '/data-previews', { data });
export const deleteNetwork = (id: string): Promise<unknown> => send('DELETE', `/networks/${id}`);
export const network = (id: string): Promise<NetworkDoc> => json('GET', `/networks/${id}`);
export const patchParameters = (id: string, values: Record<string, number>): Promise<unknown> =>
  json('PATCH', `/networks/${id}/parameters`, { values });
export const takeSteps = (id: string, count: number): Promise<StepsAnswer> => json('POST', `/networks/${id}/steps`, { count });
export const reset = (id: string, to: { step: number } | { seq: number }): Promise<unknown> =>
  json('POST', `/networks/${id}/reset`, to);

export const forward = (id: string, step: number, overrides: Record<string, number>): Promise<ForwardAnswer> =>
  json('POST', `/networks/${id}/forward`, { step, overrides });

export const derivation = (id: string, parameter: string, step: number, example: number): Promise<Derivation> =>
  json('GET', `/networks/${id}/derivations/${parameter}${query({ step, example })}`);

/** One parameter measured by central differences, on the whole batch of a step. */
export const gradientCheck = (id: string, parameter: string, step: number): Promise<GradientCheck> =>
  json('POST', `/networks/${id}/gradient-checks`, { step, parameters: [parameter] });

export const alarms = async (id: string, step: number, lang: Lang): Promise<readonly Alarm[]> =>
  (await json<{ alarms: Alarm[] }>('GET', `/networks/${id}/alarms${query({ step, lang })}`)).alarms;

export interface Columns { readonly names: readonly string[]; readonly complete: boolean }

/** The names of all values of a step, or the first of them where there are more than `most`. */
export async function traceColumns(id: string, most: number): Promise<Columns> {
  const answer = await json<{ columns: string[]; next_page_token: string | null }>('GET', `/networks/${id}/trace-columns${query({ page_size: most })}`);
  return { names: answer.columns, complete: answer.next_page_token === null };
}

/** A few values of one step, in the order of `names`. */
export const tracesOf = (id: string, step: number, example: number, names: readonly string[]): Promise<Block> =>
  binary(`/networks/${id}/traces${query({ from: step, to: step, example, names: names.join(',') })}`);

/** The values of steps `from` to `to` (both included), one row per step. */
export const traces = (id: string, from: number, to: number, example: number): Promise<Block> =>
  binary(`/networks/${id}/traces${query({ from, to, example })}`);

/** Every value of these series up to the newest step, unthinned, one row each; NaN where a parameter was not kept. */
export const series = (id: string, names: readonly string[]): Promise<Block> =>
  binary(`/networks/${id}/history${query({ series: names.join(',') })}`);

/** All steps of several series at once, at most `points` of them; the service keeps the extremes. */
export const thinned = (id: string, names: readonly string[], points: number): Promise<Thinned> =>
  json('GET', `/networks/${id}/history${query({ series: names.join(','), max_points: points })}`);

export const startTraining = (id: string, steps: number): Promise<TrainingDoc> => json('POST', `/networks/${id}/trainings`, { steps });
export const training = (id: string, training: string): Promise<TrainingDoc> => json('GET', `/networks/${id}/trainings/${training}`);
export const cancelTraining = (id: string, training: string): Promise<TrainingDoc> =>
  json('DELETE', `/networks/${id}/trainings/${training}`);

export interface CalculationsPage { readonly calculations: readonly Calculation[]; readonly counts: Record<PhaseName, number> }

/** A page of the stops of the finest grain, in reading order, and how many stops each phase has. */
export const calculations = (id: string, of: { phase?: PhaseName; first?: number; page_size?: number } = {}): Promise<CalculationsPage> =>
  json('GET', `/networks/${id}/explanations${query({ step: 0, ...of })}`);

export const cards = async (id: string, names: readonly string[], step: number, example: number, lang: Lang): Promise<readonly Card[]> =>
  (await json<{ cards: Card[] }>('GET', `/networks/${id}/explanations${query({ step, example, lang, names: names.join(',') })}`)).cards;

export type News =
  | { readonly subject: 'network'; readonly id: string; readonly moved: Moved }
  | { readonly subject: 'cursor'; readonly id: string; readonly pointer: Pointer }
  | { readonly subject: 'deleted' };

/**
 * What happens to a network, as it happens, after the event `last`. Read with `fetch`, because an EventSource can send
 * no token. It ends when the service stops or the connection breaks, and throws ApiError where it was refused.
 */
export async function* events(id: string, last: string | null, signal: AbortSignal): AsyncGenerator<News> {
  const headers = last === null ? {} : { 'Last-Event-ID': last };
  const { body } = await send('GET', `/networks/${id}/events`, undefined, { accept: 'text/event-stream', headers, signal });
  const read = body?.pipeThrough(alive()).pipeThrough(new TextDecoderStream()).pipeThrough(new EventSourceParserStream()).getReader();
  for (let next = await read?.read(); next && !next.done; next = await read?.read()) {
    const news = newsOf(next.value);
    if (news) yield news;
  }
}

/** The service says something every 15 seconds; a connection that is silent for longer died without a word. */
function alive(): TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>> {
  let timer = 0;
  const wait = (stream: TransformStreamDefaultController): void => {
    window.clearTimeout(timer);
    timer = window.setTimeout(() => stream.error(new ApiError(0, 'silent')), SILENCE_MS);
  };
  return new TransformStream({
    start: wait,
    transform(bytes, stream) { wait(stream); stream.enqueue(bytes); },
    flush: () => window.clearTimeout(timer),
  });
}

function newsOf({ event, id = '', data }: EventSourceMessage): News | null {
  if (event === 'network') return { subject: 'network', id, moved: JSON.parse(data, revive) as Moved };
  if (event === 'cursor') return { subject: 'cursor', id, pointer: JSON.parse(data, revive) as Pointer };
  return event === 'deleted' ? { subject: 'deleted' } : null;
}

export const point = (id: string, to: Partial<Pointer>): Promise<unknown> => send('PUT', `/networks/${id}/cursor`, to);
