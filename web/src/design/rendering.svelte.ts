// The renderer of Markdown is a third of the page's code: it is fetched behind the first screen, or with the first text
// that wants it.
type Render = (text: string) => DocumentFragment;

let render = $state.raw<Render>();
let fetching: Promise<void> | undefined;

export function fetchRenderer(): Promise<void> {
  return (fetching ??= import('./markdown.ts').then(
    (module) => {
      render = module.rendered;
    },
    () => {
      fetching = undefined; // no line just now: the next text asks again
    },
  ));
}

// Nothing as long as it isn't there.
export function renderer(): Render | undefined {
  if (!render) void fetchRenderer();
  return render;
}
