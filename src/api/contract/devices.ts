// Devices, what they report and take, descriptions by hand, and the variables of the house.
import type { Timestamp } from '../../base/index.ts';
import type { DeviceMapping } from '../../devices/index.ts';

/** Who reported or wanted something: client, rule, api, bridge or flow; which one, empty when unknown; in which run. */
export interface AuthorView {
  readonly origin: string;
  readonly id: string;
  readonly cause?: string;
  /** Of what was said in a device's place: rules and flows that led to it, as far as the house still knows. */
  readonly depth?: number;
}

/** What a device was told and has not reported yet. */
export interface PendingView {
  readonly value: unknown;
  readonly at: Timestamp;
  /** Expected until then. */
  readonly until: Timestamp;
  readonly by: AuthorView;
  /** The time has passed without a report. */
  readonly unconfirmed: boolean;
}

export interface DevicePropertyView {
  readonly id: string;
  /** Another name that stands for it, in rules and commands. */
  readonly short?: string;
  readonly name: string;
  readonly kind: 'boolean' | 'number' | 'choice' | 'text' | 'color' | 'event' | 'button' | 'json';
  /** What it is about, such as `temperature` or `battery`. */
  readonly role?: string;
  readonly unit?: string;
  readonly min?: number;
  readonly max?: number;
  readonly step?: number;
  readonly options?: readonly string[];
  readonly category?: 'setting' | 'diagnostic';
  readonly reported: boolean;
  /** What reports it; absent when nothing does. */
  readonly topics?: readonly string[];
  readonly commandable: boolean;
  /** Absent: not known. */
  readonly value?: unknown;
  readonly at?: Timestamp;
  readonly changedAt?: Timestamp;
  readonly by?: AuthorView;
  readonly pending?: PendingView;
}

/** Something in an announcement that is wrong or not supported. */
export interface DeviceProblemView {
  readonly topic: string;
  readonly path: string;
  readonly code: string;
  readonly message: string;
}

/** `GET /devices/{id}` and the items of `GET /devices`; ETag is the version. */
export interface DeviceView {
  readonly id: string;
  /** Raised by every change that people make. */
  readonly version: number;
  readonly name: string;
  readonly room?: string;
  readonly labels: readonly string[];
  readonly hidden: boolean;
  readonly note: string;
  /** How it is known: `home-assistant`, `homie`, `bemfa`, `learned`, `mapping`. */
  readonly format: string;
  /** Within that format. */
  readonly key: string;
  readonly manufacturer?: string;
  readonly model?: string;
  readonly firmware?: string;
  /** The device that it is reached through. */
  readonly via?: string;
  readonly createdAt: Timestamp;
  /** Absent when it does not tell. */
  readonly online?: boolean;
  /** When it last said that it came or went. */
  readonly presenceAt?: Timestamp;
  /** When it last spoke. */
  readonly seen?: Timestamp;
  /** Nobody tells of it any more. */
  readonly gone: boolean;
  readonly properties: readonly DevicePropertyView[];
  readonly problems: readonly DeviceProblemView[];
  /** Reports and expressions that could not be used since the start of the process. */
  readonly errors?: {
    readonly count: number;
    readonly last: { readonly at: Timestamp; readonly property: string; readonly message: string };
  };
}

/** `PATCH /devices/{id}`; null takes back what was said. */
export interface DeviceEditRequest {
  readonly name?: string | null;
  readonly room?: string | null;
  readonly labels?: readonly string[];
  readonly hidden?: boolean;
  readonly note?: string;
}

/** `POST /devices/{id}/set` */
export interface DeviceSetRequest {
  readonly properties: Readonly<Record<string, unknown>>;
  /** Seconds, or a duration such as `2s`. */
  readonly transition?: number | string;
}

/** Its answer: the messages that went out. */
export interface DeviceSetView {
  readonly device: string;
  readonly commands: readonly {
    readonly topic: string;
    readonly payload: unknown;
    readonly qos: 0 | 1 | 2;
    readonly retain: boolean;
  }[];
}

/** `PUT /device-mappings/{id}` */
export type DeviceMappingRequest = DeviceMapping;

/** `GET /device-mappings` items; ETag is the version. */
export interface DeviceMappingView {
  /** Also the device's. */
  readonly id: string;
  readonly version: number;
  readonly changedAt: Timestamp;
  readonly author: string;
  readonly description: DeviceMapping;
}

/** `GET /variables` items. */
export interface VariableView {
  readonly name: string;
  readonly value: unknown;
  readonly at: Timestamp;
  /** The rule, or who set it. */
  readonly by: string;
}

/** `PUT /variables/{name}`; null deletes it. */
export interface VariableRequest {
  readonly value: unknown;
}

/** A place in a rule that names a device or one of its topics. */
export interface UseView {
  readonly kind: 'device' | 'topic';
  readonly name: string;
  readonly path: string;
  readonly line: number;
  /** Named with others, by a wildcard or a template: it is shown, and not rewritten. */
  readonly isLoose: boolean;
}

export interface RuleUseView {
  readonly id: string;
  readonly uses: readonly UseView[];
}

export interface BridgeUseView {
  readonly name: string;
  /** Its lines that carry any of the topics. */
  readonly topics: readonly string[];
}

/** `GET /devices/{id}/used-by` */
export interface DeviceUsesView {
  readonly device: string;
  readonly topics: readonly string[];
  readonly rules: readonly RuleUseView[];
  readonly bridges: readonly BridgeUseView[];
}

/** `POST /devices/{id}/rename`: another id, other topics, or both. */
export interface DeviceRenameRequest {
  readonly id?: string;
  readonly topics?: readonly { readonly from: string; readonly to: string }[];
  /** Default false: only a preview. */
  readonly apply?: boolean;
}

/** `POST /devices/{id}/replace`: it gets the hardware of another device, which is forgotten. */
export interface DeviceReplaceRequest {
  readonly with: string;
  readonly apply?: boolean;
}

export interface RuleMoveView extends RuleUseView {
  readonly version: number;
  /** Of its text; empty where nothing is rewritten. */
  readonly diff: string;
}

/** The answer of both: what changes, or has changed. */
export interface DeviceMoveView {
  readonly device: string;
  readonly applied: boolean;
  readonly topics: readonly { readonly from: string; readonly to: string }[];
  readonly rules: readonly RuleMoveView[];
  /** They are not rewritten. */
  readonly bridges: readonly BridgeUseView[];
  /** Properties that the new hardware does not have. */
  readonly lost: readonly string[];
}
