// A file for the person's disk. Always saved, never opened here: what it is called and of which kind is the sender's
// word.
export function save(content: Blob | BlobPart[], name: string): void {
  const blob = content instanceof Blob ? content : new Blob(content, { type: 'application/octet-stream' });
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
