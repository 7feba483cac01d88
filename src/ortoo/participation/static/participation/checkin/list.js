/* The list of a stop: is it signed, whose ticket is this, who is called so. */
import { pbkdf2 } from "./sha256.js";

const bytes = (base64) => Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));

/** "signed", "forged", or "unchecked" where the browser has no WebCrypto or no Ed25519. */
export const check = async (text, signature, publicKey) => {
  try {
    const key = await crypto.subtle.importKey("raw", bytes(publicKey), "Ed25519", false, ["verify"]);
    return (await crypto.subtle.verify("Ed25519", key, bytes(signature), new TextEncoder().encode(text))) ? "signed" : "forged";
  } catch {
    return "unchecked";
  }
};

export class List {
  constructor(text) {
    this.said = JSON.parse(text);
    this.seats = this.said.seats.map(([key, serial, hash, name, where, delegation, search]) => ({
      key, serial, hash, name, where, ticket: `${key}-${serial}`,
      delegation: this.said.delegations[delegation],
      search: `${search} ${where} ${where.match(/\d+/g)?.join("-") || ""}`.toLowerCase(),
    }));
    this.byKey = new Map(this.seats.map((seat) => [seat.key, seat]));
    this.byTicket = new Map(this.seats.map((seat) => [seat.ticket, seat]));
  }

  /** {verdict: "valid" | "unknown" | "other" | "replaced", seat?, stop?} of a scanned code. */
  judge(code) {
    const said = code.trim().toLowerCase();
    const [, key, serial] = said.match(/^(\d{1,15})-(\d{1,5})-[a-z0-9]{9}$/) || [];
    if (!key) return { verdict: "unknown" };
    const seat = this.byKey.get(Number(key));
    if (!seat) {
      const other = this.said.others.find(([first, last]) => first <= Number(key) && Number(key) <= last);
      return other ? { verdict: "other", stop: other[2] } : { verdict: "unknown" };
    }
    if (seat.serial !== Number(serial)) return { verdict: "replaced" };
    const hash = pbkdf2(said, this.said.salt, this.said.rounds, seat.hash.length / 2);
    return hash === seat.hash ? { verdict: "valid", seat } : { verdict: "unknown" };
  }

  /** At most `most` seats that have every word somewhere. */
  find(text, most) {
    const words = text.trim().toLowerCase().split(/\s+/).filter(Boolean);
    const found = [];
    for (const seat of words.length ? this.seats : []) {
      if (words.every((word) => seat.search.includes(word)) && found.push(seat) >= most) break;
    }
    return found;
  }
}
