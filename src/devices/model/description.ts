// What a device is said to be: by a discovery message, by its topics' names, by what it sends, or by hand. Plain data, so
// that a plugin can give it, a test can compare it and the registry can merge it; what it means is in the registry.

/** Decides how values are checked, converted, shown and set. */
export type PropertyKind =
  /** true or false. */
  | 'boolean'
  /** A number, in `unit`, between `min` and `max`. */
  | 'number'
  /** One of `options`. */
  | 'choice'
  /** Text, at most `max` characters. */
  | 'text'
  /** Text "#rrggbb". */
  | 'color'
  /** Something that happens and has no duration: a button was pressed. Its value is what happened, one of `options` if known. */
  | 'event'
  /** Something that can be done and is never reported: restart, identify. Set to `true`. */
  | 'button'
  /** Any other JSON. */
  | 'json';

/** A message as a reading sees it. */
export interface ReportMessage {
  readonly topic: string;
  /** As rules see it (`Payload.value`). */
  readonly payload: unknown;
  /** Always text. */
  readonly raw: string;
}

/** What a command is made from. */
export interface CommandWish {
  /** The wanted value, checked and converted to its kind; 0 to 100 stays 0 to 100. */
  readonly value: unknown;
  /** All that is wanted of the device in this one wish, by property. */
  readonly wanted: Readonly<Record<string, unknown>>;
  /** What the device last reported, by property; what it never did is missing. */
  readonly state: Readonly<Record<string, unknown>>;
  /** Seconds. */
  readonly transition?: number;
}

/**
 * How a value is read: JSONata over the fields of `ReportMessage` (each is a name at the root and `$name`), or a function
 * of our own code. Missing (undefined): the message says nothing of the property. Null: the value became unknown.
 */
export type Reading = string | ((message: ReportMessage) => unknown);

/** How a payload is made: JSONata over the fields of `CommandWish`, or a function of our own code. */
export type Writing = string | ((wish: CommandWish) => unknown);

/** Where a property is reported. */
export interface Report {
  /** A whole topic without wildcards. */
  readonly topic: string;
  /** Absent: the payload itself. */
  readonly read?: Reading;
}

/** How a property is commanded. */
export interface Command {
  readonly topic: string;
  /** Absent: the value itself. */
  readonly write?: Writing;
  readonly qos?: 0 | 1 | 2;
  readonly retain?: boolean;
  /**
   * Commands of one device with the same group become one message when they are wanted together: objects are merged, of
   * other payloads the first is sent. Absent: a message of its own.
   */
  readonly group?: string;
}

export interface PropertyDescription {
  /** Unique in its device, snake_case. Well-known ones (`on`, `brightness` in %, `color`, …) are in `well-known.ts`. */
  readonly id: string;
  /** A well-known name that stands for it too, as long as nothing else of the device has or wants it. */
  readonly short?: string;
  /** As the device's maker calls it. */
  readonly name: string;
  readonly kind: PropertyKind;
  /** What the number or the boolean is about: `temperature`, `battery`, `motion`; Home Assistant's device classes. */
  readonly role?: string;
  readonly unit?: string;
  readonly min?: number;
  readonly max?: number;
  readonly step?: number;
  readonly options?: readonly string[];
  /** Absent: never reported. Several: the latest that says something counts. */
  readonly reports?: readonly Report[];
  /** Absent: only reported. */
  readonly command?: Command;
  /** Settings and diagnostics, which the home page leaves out. */
  readonly category?: 'setting' | 'diagnostic';
}

/** One topic that tells whether a device is there. */
export interface AvailabilityReport {
  readonly topic: string;
  /** JSONata or a function giving true (online) or false (offline); anything else says nothing. */
  readonly read: Reading;
}

export interface Availability {
  readonly reports: readonly AvailabilityReport[];
  /** `all` must be online, `any` suffices, or the `latest` report counts. */
  readonly mode: 'all' | 'any' | 'latest';
}

/**
 * What one source tells of one device. Several sources (a discovery message for each entity) make a device together:
 * those of one `key`; a property told twice keeps the first, by order of source.
 */
export interface DeviceDescription {
  /** Who it is within its format, for ever: an identifier, a serial number, a base topic. */
  readonly key: string;
  /** Proposed for the stable id: a slug of letters, digits and `-`. */
  readonly slug: string;
  readonly name?: string;
  readonly room?: string;
  readonly manufacturer?: string;
  readonly model?: string;
  readonly version?: string;
  /** Key of the device that it is reached through, in the same format. */
  readonly via?: string;
  readonly properties: readonly PropertyDescription[];
  readonly availability?: Availability;
}
