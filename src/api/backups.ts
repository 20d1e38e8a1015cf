// Use cases about backups of the house.
import type { Actor } from './access/actor.ts';
import type { BackupPreview, BackupRequest, BackupRestoreView, BackupView } from './contract/backups.ts';
import type { BackupsPort } from './ports.ts';
import type { BackupsApi } from './use-cases/backups.ts';

export class Backups implements BackupsApi {
  readonly #port: BackupsPort;

  constructor(port: BackupsPort) {
    this.#port = port;
  }

  list(): readonly BackupView[] {
    return this.#port.list();
  }

  make(_actor: Actor, request: BackupRequest): Promise<BackupView> {
    return this.#port.make(request);
  }

  get(id: string): Promise<BackupPreview> {
    return this.#port.preview(id);
  }

  delete(_actor: Actor, id: string): Promise<void> {
    return this.#port.remove(id);
  }

  async restore({ name }: Actor, id: string): Promise<BackupRestoreView> {
    const restore = await this.#port.stage(id, name);
    this.#port.restart();
    return restore;
  }
}
