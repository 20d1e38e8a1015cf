// Payloads as bytes: from what the server sends, and printed.

/** Text as UTF-8; what is no text comes as base64. */
export function bytesOf(payload: string, isBinary: boolean): Uint8Array {
  if (!isBinary) return new TextEncoder().encode(payload);
  return Uint8Array.from(globalThis.atob(payload), (letter) => letter.charCodeAt(0));
}

const perLine = 8;

/** `0000  68 65 6c 6c 6f  hello`, at most `most` bytes of it. */
export function hexLines(bytes: Uint8Array, most = 2_048): string {
  const lines: string[] = [];
  for (let at = 0; at < Math.min(most, bytes.length); at += perLine) {
    const line = [...bytes.subarray(at, Math.min(at + perLine, most))];
    const hex = line.map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
    const text = line.map((byte) => (byte >= 32 && byte < 127 ? String.fromCharCode(byte) : '·')).join('');
    lines.push(`${at.toString(16).padStart(4, '0')}  ${hex.padEnd(3 * perLine - 1)}  ${text}`);
  }
  return lines.join('\n');
}

export function base64Of(bytes: Uint8Array): string {
  return globalThis.btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
}
