/**
 * A short fingerprint of a text: 16 hexadecimal digits, the same on every machine and in every version. It recognises
 * texts among thousands; it protects nothing.
 */
export function hashText(text: string): string {
  return lane(text, 0x811c9dc5) + lane(text, 0x2f0b4a27);
}

/** FNV-1a over the UTF-16 units (http://www.isthe.com/chongo/tech/comp/fnv/), its bits mixed at the end. */
function lane(text: string, seed: number): string {
  let hash = seed;
  for (let i = 0; i < text.length; i++) {
    hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  hash = Math.imul(hash ^ (hash >>> 12), 0x297a2d39);
  return ((hash ^ (hash >>> 15)) >>> 0).toString(16).padStart(8, '0');
}
