// What a screen sets out to do, one thing at a time: whether it is going on, and what went wrong in the person's words.
import { type Trouble, trouble } from './trouble.svelte.ts';

export class Attempt {
  working = $state(false);
  problem = $state<Trouble>();

  async run(work: () => Promise<unknown>, explained: (error: unknown) => Trouble = trouble): Promise<void> {
    if (this.working) return;
    this.working = true;
    this.problem = undefined;
    try {
      await work();
    } catch (error) {
      this.problem = explained(error);
    } finally {
      this.working = false;
    }
  }
}
