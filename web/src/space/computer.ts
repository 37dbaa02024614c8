// Asks this computer's own authenticator (Windows Hello, Touch ID, a PIN) for the 32 bytes that open the profile:
// WebAuthn with the prf extension. No answer goes to the server, so the challenge is for nobody; what counts is that
// nobody else gets these bytes, and that the person was there (userVerification).
import type { ComputerKey } from '../wire/calls.ts';
import { fromHex, toHex } from '../wire/codec.ts';

// Why it didn't work: the person said no or waited too long; or the computer can't do this.
export class NoAnswer extends Error {
  readonly why: 'declined' | 'unable';
  constructor(why: 'declined' | 'unable') {
    super(why);
    this.why = why;
  }
}

const wait_ms = 120_000;
const random = (size: number) => crypto.getRandomValues(new Uint8Array(size));
const algorithms = [-8, -7, -257]; // Ed25519, ES256, RS256: any will do, nothing is ever signed for us

// Whether to offer it at all. That prf works too only shows when it is tried.
export async function computerOffers(): Promise<boolean> {
  if (typeof PublicKeyCredential === 'undefined') return false;
  const can = await PublicKeyCredential.isUserVerifyingPlatformAuthenticatorAvailable().catch(() => false);
  if (!can) return false;
  const known = await PublicKeyCredential.getClientCapabilities?.().catch(() => undefined);
  return known?.['extension:prf'] !== false;
}

const prf = (salt: Uint8Array): AuthenticationExtensionsClientInputs => ({
  prf: { eval: { first: salt as Uint8Array<ArrayBuffer> } },
});

function answerOf(credential: PublicKeyCredential): Uint8Array | undefined {
  const first = credential.getClientExtensionResults().prf?.results?.first;
  if (first === undefined) return undefined;
  return first instanceof ArrayBuffer ? new Uint8Array(first) : new Uint8Array(first.buffer.slice(0));
}

async function asked<T>(work: () => Promise<T | null>): Promise<T> {
  try {
    const answer = await work();
    if (answer) return answer;
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
    throw new NoAnswer(error.name === 'NotAllowedError' || error.name === 'AbortError' ? 'declined' : 'unable');
  }
  throw new NoAnswer('declined');
}

// Rejects with NoAnswer.
export async function askComputer(key: ComputerKey): Promise<Uint8Array> {
  const publicKey: PublicKeyCredentialRequestOptions = {
    challenge: random(32),
    allowCredentials: [
      { type: 'public-key', id: key.credential as Uint8Array<ArrayBuffer>, transports: ['internal'] },
    ],
    userVerification: 'required',
    timeout: wait_ms,
    extensions: prf(fromHex(key.salt)),
  };
  const credential = await asked(() => navigator.credentials.get({ publicKey }));
  const secret = answerOf(credential as PublicKeyCredential);
  if (!secret) throw new NoAnswer('unable');
  return secret;
}

// A new credential of this computer, `name` as its own dialogs show it. Some answer at once, some only when asked.
export async function enrolComputer(name: string): Promise<{ key: ComputerKey; secret: Uint8Array }> {
  const salt = random(32);
  const publicKey: PublicKeyCredentialCreationOptions = {
    challenge: random(32),
    rp: { name: 'Encuentro' },
    user: { id: random(16), name, displayName: name },
    pubKeyCredParams: algorithms.map((alg) => ({ type: 'public-key', alg })),
    authenticatorSelection: {
      authenticatorAttachment: 'platform',
      userVerification: 'required',
      residentKey: 'discouraged',
    },
    attestation: 'none',
    timeout: wait_ms,
    extensions: prf(salt),
  };
  const credential = (await asked(() => navigator.credentials.create({ publicKey }))) as PublicKeyCredential;
  if (credential.getClientExtensionResults().prf?.enabled === false) throw new NoAnswer('unable');
  const key = { credential: new Uint8Array(credential.rawId), salt: toHex(salt) };
  return { key, secret: answerOf(credential) ?? (await askComputer(key)) };
}
