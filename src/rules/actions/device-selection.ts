// Which devices an action means: compiled from ids or a label, looked up when the action is done.
import type { ErrorParams } from '../../base/index.ts';
import type { DeviceView } from '../../expression/index.ts';
import type { CompileContext } from '../compile/context.ts';
import type { Step } from '../compile/plan.ts';
import type { ValueNode } from '../compile/text.ts';
import type { DeviceSelection } from '../model/devices.ts';
import { evaluateValue, RunError, textOf } from '../run/evaluate.ts';

export interface SelectedDevices {
  readonly path: string;
  /** The ids, or the label. */
  readonly value: ValueNode;
  readonly isLabel: boolean;
}

function isLabelled(selection: DeviceSelection): selection is { label: string } {
  return typeof selection === 'object' && 'label' in selection;
}

export function compileSelection(
  selection: DeviceSelection,
  path: string,
  context: CompileContext,
): SelectedDevices | undefined {
  context.readDevices();
  const isLabel = isLabelled(selection);
  const value = isLabel ? context.text(selection.label, `${path}.label`) : context.value(selection, path);
  return value && { path, value, isLabel };
}

export function unknownDevice(words: string, path: string, params: ErrorParams): RunError {
  return new RunError('unknown-device', words, { path, params });
}

/** Never none. Throws RunError for one that is not known, and for a label that none has. */
export function selectedDevices(
  { path, value, isLabel }: SelectedDevices,
  step: Step,
): readonly DeviceView[] {
  const names = [evaluateValue(value, step.frame)].flat().map((each) => textOf(each, path));
  if (!isLabel)
    return names.map((id) => {
      const device = step.home.device(id);
      if (device === undefined)
        throw unknownDevice(`there is no device "${id}"`, path, { value: JSON.stringify(id) });
      return device;
    });
  const found = names.flatMap((label) => step.home.devices(label));
  if (found.length === 0)
    throw unknownDevice(`no device has the label "${names.join(', ')}"`, path, {
      why: 'label',
      text: names.join(', '),
    });
  return found;
}
