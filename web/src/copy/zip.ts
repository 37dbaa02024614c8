// The files of a copy into one .zip, read as fast as it is written: nothing of it is held here. Texts and documents
// stand in it as they are, so that whatever cuts it off leaves readable what came before.
import { makeZip } from 'client-zip';
import { Copy, type CopyOf, type CopyProgress, type CopyReport } from './copy.ts';

export async function writeZip(
  of: CopyOf,
  to: WritableStream<Uint8Array>,
  told: (progress: CopyProgress) => void,
  signal: AbortSignal,
): Promise<CopyReport> {
  const copy = new Copy(of, told, signal);
  await makeZip(copy.files(), { buffersAreUTF8: true }).pipeTo(to, { signal });
  return copy.report;
}
