// Reads PDF files, shut in: what comes first takes away every way out.
import './shut_in.ts';
import 'pdfjs-dist/build/pdf.worker.min.mjs';
