// Use cases about devices.
import type { Actor } from '../access/actor.ts';
import type {
  DeviceEditRequest,
  DeviceMappingRequest,
  DeviceMappingView,
  DeviceMoveView,
  DeviceRenameRequest,
  DeviceReplaceRequest,
  DeviceSetRequest,
  DeviceSetView,
  DeviceUsesView,
  DeviceView,
  Page,
} from '../contract.ts';
import type { ListOptions } from './lists.ts';

export interface DeviceQuery extends ListOptions {
  readonly room?: string;
  readonly label?: string;
  /** In id, name and key. */
  readonly search?: string;
}

export interface DevicesApi {
  /** By id. */
  list(query: DeviceQuery): Page<DeviceView>;
  /** Throws `device-missing`. */
  get(id: string): DeviceView;
  /** What people say of it. Resolves after the commit. Throws `version-conflict`. */
  edit(actor: Actor, id: string, request: DeviceEditRequest, ifVersion?: number): Promise<DeviceView>;
  /** Tells it to take a state. Throws `unknown-property`, `read-only-property`, `bad-value`, `command-failed`. */
  set(actor: Actor, id: string, request: DeviceSetRequest): Promise<DeviceSetView>;
  /** One that is gone. Throws `device-present`. */
  forget(actor: Actor, id: string): Promise<void>;
}

/** What names a device, and other names for it. Without `apply` nothing changes. */
export interface DeviceMovesApi {
  usedBy(id: string): DeviceUsesView;
  /** Throws `device-missing`, `device-exists`, `bad-value`, `rule-invalid`. */
  rename(actor: Actor, id: string, request: DeviceRenameRequest): Promise<DeviceMoveView>;
  replace(actor: Actor, id: string, request: DeviceReplaceRequest): Promise<DeviceMoveView>;
}

/** Descriptions by hand. Every change resolves after its commit. */
export interface DeviceMappingsApi {
  list(): readonly DeviceMappingView[];
  /** Throws `mapping-missing`. */
  get(id: string): DeviceMappingView;
  /** Throws `mapping-invalid`, `version-conflict`. */
  save(
    actor: Actor,
    id: string,
    request: DeviceMappingRequest,
    ifVersion?: number,
  ): Promise<DeviceMappingView>;
  delete(actor: Actor, id: string): Promise<void>;
}
