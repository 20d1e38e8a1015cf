// Reads JSON that strangers send: bounded in depth, and without keys that reach into prototypes.
import { messageOf } from '../base/index.ts';
import { httpError } from './errors.ts';

export const maxJsonDepth = 100;

const quote = 0x22;
const backslash = 0x5c;
const openers = new Set([0x5b, 0x7b]);
const closers = new Set([0x5d, 0x7d]);

/** How deep arrays and objects nest, found without parsing. In YAML the count is of flow collections. */
function depthOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  let isString = false;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (isString && code === backslash) i++;
    else if (code === quote) isString = !isString;
    else if (isString) continue;
    else if (openers.has(code)) deepest = Math.max(deepest, ++depth);
    else if (closers.has(code)) depth = Math.max(0, depth - 1);
  }
  return deepest;
}

/** Throws `json-too-deep`. */
export function refuseDeep(text: string): void {
  const depth = depthOf(text);
  if (depth > maxJsonDepth) {
    throw httpError('json-too-deep', `the body nests ${depth} levels, the most is ${maxJsonDepth}`);
  }
}

function refuseKeys(value: unknown): void {
  if (typeof value !== 'object' || value === null) return;
  if (Object.hasOwn(value, '__proto__')) throw httpError('forbidden-key', 'the body has a key "__proto__"');
  for (const child of Object.values(value)) refuseKeys(child);
}

/** Throws `bad-json`, `json-too-deep`, `forbidden-key`. */
export function parseJson(text: string): unknown {
  refuseDeep(text);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw httpError('bad-json', `the body is not JSON: ${messageOf(cause)}`, { cause });
  }
  refuseKeys(value);
  return value;
}
