/* SHA-256 (FIPS 180-4) and PBKDF2 (RFC 8018) in plain script: crypto.subtle is missing where a page comes without TLS. */
const WORDS = 64;
const roots = (power, count) => {
  const found = [];
  for (let n = 2; found.length < count; n += 1) {
    if (found.every(([prime]) => n % prime)) found.push([n, ((n ** power) % 1) * 4294967296 | 0]);
  }
  return found.map(([, bits]) => bits);
};
const K = roots(1 / 3, WORDS);
const START = roots(1 / 2, 8);
const w = new Int32Array(WORDS);
const turn = (x, n) => (x >>> n) | (x << (32 - n));

const compress = (state, block) => {
  for (let i = 0; i < 16; i += 1) w[i] = block[i];
  for (let i = 16; i < WORDS; i += 1) {
    const x = w[i - 15];
    const y = w[i - 2];
    w[i] = (w[i - 16] + (turn(x, 7) ^ turn(x, 18) ^ (x >>> 3)) + w[i - 7] + (turn(y, 17) ^ turn(y, 19) ^ (y >>> 10))) | 0;
  }
  let [a, b, c, d, e, f, g, h] = state;
  for (let i = 0; i < WORDS; i += 1) {
    const one = (h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + K[i] + w[i]) | 0;
    const two = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g; g = f; f = e; e = (d + one) | 0; d = c; c = b; b = a; a = (one + two) | 0;
  }
  return [state[0] + a, state[1] + b, state[2] + c, state[3] + d, state[4] + e, state[5] + f, state[6] + g, state[7] + h].map((n) => n | 0);
};

const blocks = (bytes, before) => {
  const padded = new Uint8Array(Math.ceil((bytes.length + 9) / 64) * 64);
  padded.set(bytes);
  padded[bytes.length] = 128;
  const view = new DataView(padded.buffer);
  view.setUint32(padded.length - 4, (bytes.length + before) * 8);
  return Array.from({ length: padded.length / 64 }, (_, n) => Array.from({ length: 16 }, (_each, i) => view.getInt32(n * 64 + i * 4)));
};
const digest = (bytes, state = START, before = 0) => blocks(bytes, before).reduce(compress, state);
const toBytes = (state) => {
  const view = new DataView(new ArrayBuffer(32));
  state.forEach((word, i) => view.setInt32(i * 4, word));
  return new Uint8Array(view.buffer);
};

/** PBKDF2-HMAC-SHA256 of at most 32 bytes, as hexadecimal digits. */
export const pbkdf2 = (password, salt, rounds, length) => {
  let key = new TextEncoder().encode(password);
  if (key.length > 64) key = toBytes(digest(key));
  const pad = (mask) => compress(START, blocks(Uint8Array.from({ length: 64 }, (_, i) => (key[i] || 0) ^ mask), 0)[0]);
  const inner = pad(54);
  const outer = pad(92);
  const last = [-2147483648, 0, 0, 0, 0, 0, 0, 768];
  let u = compress(outer, [...digest(new Uint8Array([...new TextEncoder().encode(salt), 0, 0, 0, 1]), inner, 64), ...last]);
  const sum = [...u];
  for (let round = 1; round < rounds; round += 1) {
    u = compress(outer, [...compress(inner, [...u, ...last]), ...last]);
    for (let i = 0; i < 8; i += 1) sum[i] ^= u[i];
  }
  return [...toBytes(sum).slice(0, length)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
};
