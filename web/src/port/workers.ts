// The page's workers. Its one Trusted Types policy for scripts lets through their addresses and nothing else.
import coreUrl from '../edge/worker.ts?worker&url';
import pdfUrl from '../preview/pdf_worker.ts?worker&url';

const addresses = { core: coreUrl, pdf: pdfUrl };
type Policy = { createScriptURL(url: string): string };
type TrustedFactory = { createPolicy(name: string, rules: Policy): Policy };
let policy: Policy | undefined;

function only(wanted: string): string {
  if (!Object.values(addresses).includes(wanted)) throw new TypeError('not our worker');
  return wanted;
}

export function worker(which: keyof typeof addresses): Worker {
  const factory = (window as { trustedTypes?: TrustedFactory }).trustedTypes;
  policy ??= factory?.createPolicy('enc-worker', { createScriptURL: only }) ?? { createScriptURL: only };
  return new Worker(policy.createScriptURL(addresses[which]), { type: 'module', name: `encuentro-${which}` });
}
