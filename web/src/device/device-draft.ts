// What a person wrote of a device, as text fields, and the edit that follows from it.
import type { DeviceEditRequest, DeviceView } from '../api/types.ts';

export interface DeviceDraft {
  readonly name: string;
  readonly room: string;
  /** Separated by commas of either language. */
  readonly labels: string;
  readonly hidden: boolean;
}

export function draftOf({ name, room = '', labels, hidden }: DeviceView): DeviceDraft {
  return { name, room, labels: labels.join(', '), hidden };
}

function labelsOf(text: string): readonly string[] {
  const labels = text.split(/[,，、]/).map((label) => label.trim());
  return [...new Set(labels.filter((label) => label !== ''))];
}

/** Only what differs; an emptied name or room is taken back, so that the device's own stands again. */
export function editOf(device: DeviceView, draft: DeviceDraft): DeviceEditRequest {
  const [name, room] = [draft.name.trim(), draft.room.trim()];
  const labels = labelsOf(draft.labels);
  return {
    ...(name !== device.name && { name: name === '' ? null : name }),
    ...(room !== (device.room ?? '') && { room: room === '' ? null : room }),
    ...(labels.join('\n') !== device.labels.join('\n') && { labels }),
    ...(draft.hidden !== device.hidden && { hidden: draft.hidden }),
  };
}

export function isEdited(device: DeviceView, draft: DeviceDraft): boolean {
  return Object.keys(editOf(device, draft)).length > 0;
}
