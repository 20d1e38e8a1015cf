// The folder that this package lies in: the sources are two levels below it, the build three.
import { fileURLToPath } from 'node:url';

/** Ends with a `/`. */
export function packageRoot(): string {
  const isSource = import.meta.url.endsWith('.ts');
  return fileURLToPath(new URL(isSource ? '../../' : '../../../', import.meta.url));
}
