/**
 * The one frame clock: every motion of the page is told its t from here, and every drawing is drawn at most once a frame.
 * It asks for frames only while something moves.
 */
export type Stop = () => void;

interface Tween { readonly start: number; readonly length: number; readonly tick: (t: number) => void; readonly done: () => void }

export interface Frames { request(callback: (now: number) => void): void; now(): number }

export interface Clock {
  /** Calls `tick` with t from 0 to 1 over `ms`, once a frame; `done` after the last one. */
  play(ms: number, tick: (t: number) => void, done?: () => void): Stop;
  /** Draws in the next frame; asked for many times before it, a drawing is drawn once. */
  soon(draw: () => void): void;
}

const browser: Frames = { request: (callback) => { requestAnimationFrame(callback); }, now: () => performance.now() };

export function createClock(frames: Frames = browser): Clock {
  const tweens = new Set<Tween>();
  let drawings = new Set<() => void>();
  let asked = false;

  const ask = (): void => {
    if (asked) return;
    asked = true;
    frames.request(frame);
  };

  const frame = (now: number): void => {
    asked = false;
    for (const tween of tweens) advance(tween, now);
    const due = drawings;
    drawings = new Set();
    for (const draw of due) draw();
    if (tweens.size > 0) ask();
  };

  const advance = (tween: Tween, now: number): void => {
    const t = tween.length > 0 ? Math.min(1, Math.max(0, (now - tween.start) / tween.length)) : 1;
    if (t >= 1) tweens.delete(tween);
    tween.tick(t);
    if (t >= 1) tween.done();
  };

  return {
    play(ms, tick, done = () => {}) {
      const tween: Tween = { start: frames.now(), length: ms, tick, done };
      tweens.add(tween);
      ask();
      return () => { tweens.delete(tween); };
    },
    soon(draw) {
      drawings.add(draw);
      ask();
    },
  };
}

export const clock: Clock = createClock();

export const reducedMotion = (): boolean => matchMedia('(prefers-reduced-motion: reduce)').matches;
