// What is typed and not sent yet, by the name of its field or form. The profile keeps it, sealed (KeepDraft): a reload,
// a lock or a crash takes nothing of it away. Written a breath after the last key, and at once when the page is left.
import type { Port } from '../port/port.ts';

const breathMs = 250;

export class Drafts {
  #port: Port;
  #texts = new Map<string, string>();
  #unsaved = new Set<string>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(port: Port) {
    this.#port = port;
  }

  // From the profile that was opened; what this page has and could not write yet is newer.
  async load(): Promise<void> {
    const kept = await this.#port.look({ is: 'AskDrafts' });
    for (const { place, text } of kept) if (!this.#unsaved.has(place)) this.#texts.set(place, text);
    if (this.#unsaved.size > 0) await this.flush();
  }

  get(place: string): string {
    return this.#texts.get(place) ?? '';
  }
  set(place: string, text: string): void {
    if (this.get(place) === text) return;
    this.#texts.set(place, text);
    this.#unsaved.add(place);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.flush(), breathMs);
  }

  // Forms of several fields. Nothing: it is forgotten.
  form<T>(place: string): Partial<T> {
    try {
      return JSON.parse(this.get(place) || '{}') as Partial<T>;
    } catch {
      return {}; // of another version of this page
    }
  }
  setForm(place: string, form: object | undefined): void {
    this.set(place, form === undefined ? '' : JSON.stringify(form));
  }

  // What can't be written stays here and is tried again with the next key or the next unlock.
  async flush(): Promise<void> {
    clearTimeout(this.#timer);
    await Promise.all([...this.#unsaved].map((place) => this.#write(place)));
  }

  // The screen is locked: what lies in the profile leaves the page.
  forgetSaved(): void {
    for (const place of this.#texts.keys()) if (!this.#unsaved.has(place)) this.#texts.delete(place);
  }

  // The access is gone from here; the next person's is another.
  forget(): void {
    clearTimeout(this.#timer);
    this.#texts.clear();
    this.#unsaved.clear();
  }

  async #write(place: string): Promise<void> {
    const text = this.get(place);
    try {
      await this.#port.keepDraft(place, text);
      if (this.get(place) === text) this.#unsaved.delete(place);
    } catch {
      this.#unsaved.add(place);
    }
  }
}
