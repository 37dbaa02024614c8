// A PDF file drawn page by page: its picture, and its text above it for who selects or listens. Nothing in it acts:
// scripts, links, forms and files inside it are never asked for, and its reader can't reach the network (shut_in.ts).
import { AnnotationMode, getDocument, PDFWorker, type PDFDocumentProxy, type RenderTask, TextLayer } from 'pdfjs-dist';
import jbig2 from 'pdfjs-dist/wasm/jbig2.wasm?url';
import openjpeg from 'pdfjs-dist/wasm/openjpeg.wasm?url';
import qcms from 'pdfjs-dist/wasm/qcms_bg.wasm?url';
import { worker } from '../port/workers.ts';

// What scanners put into a PDF is decoded by programs of its reader, from our own origin.
const programs: Record<string, string> = {
  'jbig2.wasm': jbig2,
  'openjpeg.wasm': openjpeg,
  'qcms_bg.wasm': qcms,
};
class Programs {
  async fetch({ filename }: { filename: string }): Promise<Uint8Array> {
    const address = programs[filename];
    if (!address) throw new Error(filename);
    const response = await fetch(address, { credentials: 'omit' });
    if (!response.ok) throw new Error(filename);
    return new Uint8Array(await response.arrayBuffer());
  }
}

const pixelsMax = 12_000_000;
const imagePixelsMax = 64_000_000;
const silent = 0;

// As many pixels as the screen has, fewer for a page that would need too many.
export function ratioFor(width: number, height: number, wanted: number): number {
  return Math.min(wanted, Math.sqrt(pixelsMax / Math.max(1, width * height)));
}

export class Pdf {
  readonly pages: number;
  #document: PDFDocumentProxy;
  #end: () => void;
  #drawing: RenderTask | undefined;
  #writing: TextLayer | undefined;
  #turn = 0;

  private constructor(document: PDFDocumentProxy, end: () => void) {
    this.#document = document;
    this.#end = end;
    this.pages = document.numPages;
  }

  // Rejects for what is no PDF, is broken, or asks for a password.
  static async open(blob: Blob): Promise<Pdf> {
    const port = worker('pdf');
    const loading = getDocument({
      data: new Uint8Array(await blob.arrayBuffer()),
      worker: PDFWorker.create({ port }),
      BinaryDataFactory: Programs,
      wasmUrl: '/', // only told apart from none
      useWorkerFetch: false,
      disableWorkerRendering: true,
      enableXfa: false,
      maxImageSize: imagePixelsMax,
      verbosity: silent,
    });
    const end = () => {
      void loading.destroy().catch(() => undefined);
      port.terminate();
    };
    try {
      return new Pdf(await loading.promise, end);
    } catch (error) {
      end();
      throw error;
    }
  }

  // A later call takes the place of one that is still at work; then false.
  async draw(number: number, width: number, canvas: HTMLCanvasElement, layer: HTMLElement): Promise<boolean> {
    const turn = ++this.#turn;
    this.#stop();
    const page = await this.#document.getPage(number);
    if (turn !== this.#turn) return false;
    const viewport = page.getViewport({ scale: width / page.getViewport({ scale: 1 }).width });
    const ratio = ratioFor(viewport.width, viewport.height, devicePixelRatio);
    canvas.width = Math.max(1, Math.floor(viewport.width * ratio));
    canvas.height = Math.max(1, Math.floor(viewport.height * ratio));
    canvas.style.width = `${viewport.width}px`;
    canvas.style.height = `${viewport.height}px`;
    layer.replaceChildren();
    layer.style.setProperty('--total-scale-factor', String(viewport.scale));
    const transform = [ratio, 0, 0, ratio, 0, 0];
    this.#drawing = page.render({ canvas, viewport, transform, annotationMode: AnnotationMode.ENABLE });
    this.#writing = new TextLayer({ textContentSource: page.streamTextContent(), container: layer, viewport });
    try {
      await Promise.all([this.#drawing.promise, this.#writing.render()]);
    } catch (error) {
      if (turn === this.#turn) throw error;
    }
    return turn === this.#turn;
  }

  end(): void {
    this.#turn++;
    this.#stop();
    TextLayer.cleanup();
    this.#end();
  }

  #stop(): void {
    this.#drawing?.cancel();
    this.#writing?.cancel();
    this.#drawing = this.#writing = undefined;
  }
}
