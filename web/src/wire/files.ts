// client/wasm/files.h: what is answered about files on their way.
import { bytes, hash32, id16, list, type Of, struct, u32, u64 } from './codec.ts';

export const uploadState = struct({
  upload: id16,
  channel: id16,
  chunk_bytes: u32,
  bytes: u64,
  padded_bytes: u64,
  chunks: u32,
  missing: list(u32),
});
export type UploadState = Of<typeof uploadState>;
export const sealedPart = struct({ blob: hash32, sealed: bytes });
export type SealedPart = Of<typeof sealedPart>;
export const keptParts = list(struct({ part: u32, value: bytes }));
export const downloadState = struct({ bytes: u64, chunks: u32, list: hash32 });
export type DownloadState = Of<typeof downloadState>;
export const blobs = list(hash32);
