// Choices of this browser that are no secret: how it looks, and when it locks.
export type Scheme = 'system' | 'light' | 'dark';
export const lockChoices = [5, 15, 30, 60] as const;

const places = { scheme: 'encuentro.scheme', lock: 'encuentro.lock' };

let scheme = $state<Scheme>(
  (['light', 'dark'] as const).find((one) => one === localStorage.getItem(places.scheme)) ?? 'system',
);
let lockMinutes = $state<number>(lockChoices.find((one) => String(one) === localStorage.getItem(places.lock)) ?? 15);

function applyScheme(): void {
  if (scheme === 'system') delete document.documentElement.dataset['scheme'];
  else document.documentElement.dataset['scheme'] = scheme;
}
applyScheme();

export const settings = {
  get scheme(): Scheme {
    return scheme;
  },
  set scheme(wanted: Scheme) {
    scheme = wanted;
    localStorage.setItem(places.scheme, wanted);
    applyScheme();
  },
  get lockMinutes(): number {
    return lockMinutes;
  },
  set lockMinutes(wanted: number) {
    lockMinutes = wanted;
    localStorage.setItem(places.lock, String(wanted));
  },
};

const lookMs = 5000;

// Calls `lock` when nobody touched this page, or another of this browser, for that long. Returns how to stop it.
export function lockWhenIdle(lock: () => void): () => void {
  let touched = Date.now();
  let told = 0;
  const others = new BroadcastChannel('encuentro-touched');
  others.onmessage = () => (touched = Date.now());
  const touch = () => {
    touched = Date.now();
    if (touched - told < lookMs) return;
    told = touched;
    others.postMessage(undefined);
  };
  const signs = ['keydown', 'pointerdown', 'wheel', 'touchstart'];
  for (const sign of signs) addEventListener(sign, touch, { passive: true });
  const look = setInterval(() => {
    if (Date.now() - touched > lockMinutes * 60_000) lock();
  }, lookMs);
  return () => {
    clearInterval(look);
    others.close();
    for (const sign of signs) removeEventListener(sign, touch);
  };
}
