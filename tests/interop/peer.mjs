// The other side of the live exchange: clients of ts-mls, driven by our program over standard input and output. One
// JSON request a line in, one JSON reply a line out; bytes are hex. {"op": …, "client": number, …} → {…} or
// {"error": …}. ts-mls is found in tools/node.
import readline from 'node:readline';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const require = createRequire(new URL('../../tools/node/package.json', import.meta.url));
const library = pathToFileURL(require.resolve('ts-mls')).href;
const mls = await import(library);
const { decodeRatchetTree, encodeRatchetTree } = await import(new URL('ratchetTree.js', library).href);
const { greaseCapabilities, greaseExtensions } = await import(new URL('grease.js', library).href);
const { createGroupInfo } = await import(new URL('createCommit.js', library).href);

const SUITES = {
  1: 'MLS_128_DHKEMX25519_AES128GCM_SHA256_Ed25519',
  3: 'MLS_128_DHKEMX25519_CHACHA20POLY1305_SHA256_Ed25519',
};
const ciphers = new Map();
const clients = new Map(); // number -> { suite, cipher, name, keys, publicPackage, privatePackage, state }
const psks = new Map(); // hex of the id -> secret

const hex = (bytes) => Buffer.from(bytes).toString('hex');
const bytes = (text) => new Uint8Array(Buffer.from(text, 'hex'));
const message = (wireformat, field, value) =>
  hex(mls.encodeMlsMessage({ version: 'mls10', wireformat, [field]: value }));

function decoded(text, wireformat) {
  const result = mls.decodeMlsMessage(bytes(text), 0);
  if (!result || result[1] !== text.length / 2) throw new Error('not one whole MLSMessage');
  if (wireformat && result[0].wireformat !== wireformat) throw new Error(`${result[0].wireformat}, not ${wireformat}`);
  return result[0];
}

// RFC 9420 §12.4.3.2 has the key of the external_pub extension as opaque<V>; ts-mls 1.6.4 writes and reads it without
// the length. So GroupInfos are put together here (groupInfoOf), and a key that comes with its length loses it.
function readingExternalPub(cipher) {
  const importPublicKey = (key) =>
    cipher.hpke.importPublicKey(key.length === 33 && key[0] === 32 ? key.subarray(1) : key);
  return { ...cipher, hpke: { ...cipher.hpke, importPublicKey } };
}

async function groupInfoOf({ state, cipher }, withTree) {
  const keys = await cipher.hpke.deriveKeyPair(state.keySchedule.externalSecret);
  const key = await cipher.hpke.exportPublicKey(keys.publicKey);
  const extensions = [{ extensionType: 'external_pub', extensionData: new Uint8Array([key.length, ...key]) }];
  if (withTree) extensions.push({ extensionType: 'ratchet_tree', extensionData: encodeRatchetTree(state.ratchetTree) });
  return createGroupInfo(state.groupContext, state.confirmationTag, state, extensions, cipher);
}

async function cipherOf(suite) {
  if (!ciphers.has(suite)) {
    ciphers.set(suite, readingExternalPub(await mls.getCiphersuiteImpl(mls.getCiphersuiteFromName(SUITES[suite]))));
  }
  return ciphers.get(suite);
}

// All of RFC 9420 §13.5's values, where ts-mls by itself would draw some.
const GREASE = { probabilityPerGreaseValue: 1 };

// ts-mls's own defaults (a lifetime without end, post-quantum suites) are no usual client's.
function lifetime() {
  const now = BigInt(Math.floor(Date.now() / 1000));
  return { notBefore: now - 3600n, notAfter: now + 28n * 86400n };
}

async function keyPackage(client) {
  const made = await mls.generateKeyPackageWithKey(
    { credentialType: 'basic', identity: new TextEncoder().encode(client.name) },
    greaseCapabilities(GREASE, {
      versions: ['mls10'],
      ciphersuites: [SUITES[client.suite]],
      extensions: [],
      proposals: [],
      credentials: ['basic'],
    }),
    lifetime(),
    greaseExtensions(GREASE),
    client.keys,
    client.cipher,
    greaseExtensions(GREASE), // of the leaf
  );
  client.publicPackage = made.publicPackage;
  client.privatePackage = made.privatePackage;
}

function pskIndex(client) {
  const own = mls.makePskIndex(client.state, {});
  return {
    findPsk: (id) => (id.psktype === 'external' ? psks.get(hex(id.pskId)) : own.findPsk(id)),
  };
}

function facts(client) {
  const { groupContext, keySchedule, privatePath, groupActiveState } = client.state;
  return {
    epoch: Number(groupContext.epoch),
    authenticator: hex(keySchedule.epochAuthenticator),
    leaf: Number(privatePath.leafIndex),
    active: groupActiveState.kind === 'active',
  };
}

function proposalOf(request) {
  switch (request.kind) {
    case 'add':
      return { proposalType: 'add', add: { keyPackage: decoded(request.key_package, 'mls_key_package').keyPackage } };
    case 'remove':
      return { proposalType: 'remove', remove: { removed: request.leaf } };
    case 'psk':
      return {
        proposalType: 'psk',
        psk: {
          preSharedKeyId: { psktype: 'external', pskId: bytes(request.id), pskNonce: bytes(request.nonce) },
        },
      };
    default:
      throw new Error(`no proposal '${request.kind}' here`);
  }
}

const operations = {
  async client(client, { suite, name }, number) {
    const cipher = await cipherOf(suite);
    clients.set(number, { suite, cipher, name, keys: await cipher.signature.keygen() });
    return {};
  },

  async forget(_client, _request, number) {
    clients.delete(number);
    return {};
  },

  async psk(_client, { id, secret }) {
    psks.set(id, bytes(secret));
    return {};
  },

  async key_package(client) {
    await keyPackage(client);
    return { key_package: message('mls_key_package', 'keyPackage', client.publicPackage) };
  },

  async create(client, { group }) {
    await keyPackage(client);
    client.state = await mls.createGroup(bytes(group), client.publicPackage, client.privatePackage, [], client.cipher);
    return facts(client);
  },

  async join(client, { welcome, tree }) {
    client.state = await mls.joinGroup(
      decoded(welcome, 'mls_welcome').welcome,
      client.publicPackage,
      client.privatePackage,
      pskIndex(client),
      client.cipher,
      tree ? decodeRatchetTree(bytes(tree), 0)[0] : undefined,
    );
    return facts(client);
  },

  async group_info(client, { tree }) {
    const info = await groupInfoOf(client, tree);
    return {
      group_info: message('mls_group_info', 'groupInfo', info),
      tree: hex(encodeRatchetTree(client.state.ratchetTree)),
    };
  },

  async join_externally(client, { group_info, tree, resync }) {
    await keyPackage(client);
    const info = decoded(group_info, 'mls_group_info').groupInfo;
    const joined = await mls.joinGroupExternal(
      info,
      client.publicPackage,
      client.privatePackage,
      resync,
      client.cipher,
      tree ? decodeRatchetTree(bytes(tree), 0)[0] : undefined,
    );
    client.state = joined.newState;
    return { commit: message('mls_public_message', 'publicMessage', joined.publicMessage), ...facts(client) };
  },

  async propose(client, request) {
    const made = await mls.createProposal(client.state, request.public, proposalOf(request), client.cipher);
    client.state = made.newState;
    return { message: hex(mls.encodeMlsMessage(made.message)) };
  },

  async commit(client, { proposals, public: isPublic, tree_in_welcome }) {
    const made = await mls.createCommit(
      { state: client.state, cipherSuite: client.cipher, pskIndex: pskIndex(client) },
      {
        wireAsPublicMessage: isPublic,
        extraProposals: proposals.map(proposalOf),
        ratchetTreeExtension: tree_in_welcome,
      },
    );
    client.state = made.newState;
    return {
      commit: hex(mls.encodeMlsMessage(made.commit)),
      welcome: made.welcome && message('mls_welcome', 'welcome', made.welcome),
      tree: hex(encodeRatchetTree(client.state.ratchetTree)),
      ...facts(client),
    };
  },

  async receive(client, { message: text }) {
    const incoming = decoded(text);
    const result =
      incoming.wireformat === 'mls_private_message'
        ? await mls.processPrivateMessage(client.state, incoming.privateMessage, pskIndex(client), client.cipher)
        : await mls.processPublicMessage(client.state, incoming.publicMessage, pskIndex(client), client.cipher);
    client.state = result.newState;
    if (result.kind === 'applicationMessage') return { plaintext: hex(result.message), ...facts(client) };
    return facts(client);
  },

  async send(client, { plaintext }) {
    const made = await mls.createApplicationMessage(client.state, bytes(plaintext), client.cipher);
    client.state = made.newState;
    return { message: message('mls_private_message', 'privateMessage', made.privateMessage) };
  },

  async export(client, { label, context, size }) {
    const secret = await mls.mlsExporter(
      client.state.keySchedule.exporterSecret,
      label,
      bytes(context),
      size,
      client.cipher,
    );
    return { secret: hex(secret) };
  },
};

for await (const line of readline.createInterface({ input: process.stdin })) {
  let reply;
  try {
    const request = JSON.parse(line);
    const operation = operations[request.op];
    if (!operation) throw new Error(`no operation '${request.op}'`);
    reply = await operation(clients.get(request.client), request, request.client);
  } catch (error) {
    reply = { error: `${error.name ?? 'Error'}: ${error.message}`, where: error.stack };
  }
  process.stdout.write(JSON.stringify(reply) + '\n');
}
