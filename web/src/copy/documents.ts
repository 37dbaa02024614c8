// A channel's documents in a copy: where each version's file lies, and what is known of it.
import { extension } from '../space/media.ts';
import type { Document, Library, Version } from '../wire/views.ts';
import { authorJson, authorName, fileName, shortId, utcTime } from './words.ts';

function folderPath({ folders }: Library, folder: string | undefined): string {
  const names: string[] = [];
  for (let at = folder; at !== undefined && names.length <= folders.length;) {
    const found = folders.find(({ id }) => id === at);
    if (!found) break;
    names.unshift(fileName(found.name));
    at = found.parent;
  }
  return names.join('/');
}

// "documents/FOLDER/NAME-ID/vN-ID.ext"; no two alike.
export function versionPath(library: Library, document: Document, version: Version, number: number): string {
  const folder = folderPath(library, document.folder);
  const ending = extension(version.name);
  return [
    document.removed ? 'documents-removed' : 'documents',
    ...(folder ? [folder] : []),
    `${fileName(document.name)}-${shortId(document.id)}`,
    `v${number}-${shortId(version.id)}${ending && `.${ending}`}`,
  ].join('/');
}

// `absent`: versions whose bytes aren't in the copy, and why.
export function documentsJson(library: Library, absent: Map<string, string>) {
  return library.documents.map((document) => {
    const heads = document.versions.filter(({ head }) => head).map(({ id }) => id);
    return {
      id: document.id,
      channel: library.channel,
      folder: folderPath(library, document.folder),
      name: document.name,
      version: document.current,
      versions: document.versions.length,
      heads,
      conflict: heads.length > 1,
      removed: document.removed,
      all: document.versions.map((version, index) => versionJson(library, document, version, index + 1, absent)),
    };
  });
}
function versionJson(
  library: Library,
  document: Document,
  version: Version,
  number: number,
  absent: Map<string, string>,
) {
  const problem = absent.get(version.id);
  return {
    ...authorJson(version.author),
    id: version.id,
    number,
    time: utcTime(version.time),
    file: version.name,
    bytes: version.bytes,
    sha256: version.content,
    note: version.note,
    parent: version.parent ?? '',
    head: version.head,
    frozen: version.frozen !== undefined,
    ...(version.frozen && { frozen_by: authorJson(version.frozen.author) }),
    after_freeze: version.after_freeze,
    ...(version.symbol && { symbol: version.symbol }),
    ...(version.language && { language: version.language, courtesy: version.courtesy }),
    fetched: [...new Set(version.fetched.map((author) => author.country || authorName(author)))],
    comments: version.comments.map(({ id, author, time, text }) => ({
      ...authorJson(author),
      id,
      time: utcTime(time),
      body: text,
    })),
    path: problem === undefined ? versionPath(library, document, version, number) : '',
    ...(problem !== undefined && { problem }),
  };
}
