// A connection that ends with a reason. Destroying it at once while the other side still sends makes the kernel answer
// with a reset, and a reset throws away what was not read yet: the reason.
import type { Duplex } from 'node:stream';
import type { Clock } from '../../base/index.ts';

/** How long the other side may take to read the reason and to hang up. */
export const farewellMs = 1000;

/** The next `destroy` ends the stream instead and drops what comes, until the other side hangs up or its time is over. */
export function lingerOnce(stream: Duplex, clock: Clock): void {
  const destroy = stream.destroy.bind(stream);
  stream.destroy = () => {
    stream.destroy = destroy;
    const undo = clock.after(farewellMs, () => destroy());
    stream.once('close', undo);
    stream.once('end', () => destroy());
    stream.end();
    stream.resume();
    return stream;
  };
}
