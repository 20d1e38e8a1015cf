// Backups in the running house: what they copy, and how a restore makes it start anew.
import type { BackupsPort } from '../api/index.ts';
import { HomeruleError } from '../base/index.ts';
import { LocalTime } from '../expression/index.ts';
import { Backups } from '../store/index.ts';
import type { Base, Parts } from './parts.ts';

/** `RunningHouse.failed` with this code asks to be started again, not to be ended. */
export const restartCode = 'restart-wanted';

/** For answers that are on their way. */
const goodbyeMs = 500;

export function makeBackups({ ground, store }: Pick<Base, 'ground' | 'store'>): Backups {
  const { config, clock, log, version } = ground;
  const { at, keep } = config.backups;
  return new Backups({
    dir: config.data,
    version,
    clock,
    log,
    keep,
    from: at === 'off' ? undefined : at,
    local: new LocalTime(config.zone),
    copy: async (folder, names) => {
      store.journal.flush();
      await store.copyInto(folder, names);
    },
  });
}

export function backupsPort({ ground, backups }: Parts): BackupsPort {
  const { clock, failure } = ground;
  return {
    list: () => backups.list(),
    make: (request) => backups.make(request),
    preview: (id) => backups.preview(id),
    remove: (id) => backups.remove(id),
    stage: (id, by) => backups.stage(id, by),
    restart: () => {
      const error = new HomeruleError(restartCode, 'unavailable', 'a backup is put in place');
      clock.after(goodbyeMs, () => failure.resolve(error));
    },
  };
}
