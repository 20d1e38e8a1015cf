// Names with values: variables, headers, properties of a message or of a device.
import { ActionIcon, Button, TextInput } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import type { DevicePropertyView } from '../../api/types.ts';
import { useDevices } from '../../devices/use-devices.ts';
import { isTree, valueAt } from '../../document/edit.ts';
import { propertyName } from '../../i18n/property-words.ts';
import { Toggle } from '../../parts/toggle.tsx';
import { useForm } from '../form-context.ts';
import { useText } from '../use-text.ts';
import type { FieldProps } from './props.ts';
import { SeenValues } from './seen-values.tsx';
import { textToValue, valueToText } from './value-text.ts';

type Pair = readonly [name: string, value: unknown];

interface PairRowProps {
  readonly pair: Pair;
  readonly property: DevicePropertyView | undefined;
  readonly onChange: (pair: Pair) => void;
  readonly onRemove: () => void;
}

function PairValue({ pair: [name, value], property, onChange }: Omit<PairRowProps, 'onRemove'>) {
  const { speaker, isFrozen } = useForm();
  const text = useText(valueToText(value), {
    write: (typed) => onChange([name, textToValue(typed)]),
    said: (typed) => valueToText(textToValue(typed)),
  });
  const label = `${name} · ${speaker.say('field.value')}`;
  if (property?.kind === 'boolean' && typeof value === 'boolean')
    return <Toggle on={value} label={label} disabled={isFrozen} onChange={(on) => onChange([name, on])} />;
  const { unit, min, max, options } = property ?? {};
  return (
    <div className="field-grow">
      <TextInput
        aria-label={label}
        {...text}
        disabled={isFrozen}
        classNames={{ input: 'code' }}
        rightSection={unit === undefined ? null : <span className="dim">{unit}</span>}
      />
      {property === undefined || property.kind === 'boolean' ? null : (
        <SeenValues
          seen={{
            values: options ?? (property.value === undefined ? [] : [property.value]),
            ...(min !== undefined && max !== undefined && { min, max }),
          }}
          unit={unit}
          onPick={(value) => onChange([name, value])}
        />
      )}
    </div>
  );
}

function PairRow({ pair, property, onChange, onRemove }: PairRowProps) {
  const { speaker, isFrozen } = useForm();
  const name = useText(pair[0], { write: (typed) => onChange([typed, pair[1]]) });
  return (
    <div className="field-many-row">
      {property ? (
        <span className="field-name">{propertyName(speaker.say, property)}</span>
      ) : (
        <TextInput
          aria-label={speaker.say('form.name')}
          {...name}
          disabled={isFrozen}
          classNames={{ input: 'code' }}
          className="field-name-input"
        />
      )}
      <PairValue pair={pair} property={property} onChange={onChange} />
      <ActionIcon
        variant="subtle"
        color="gray"
        disabled={isFrozen}
        aria-label={speaker.say('form.removeValue')}
        onClick={onRemove}
      >
        <IconX size={17} stroke={1.8} />
      </ActionIcon>
    </div>
  );
}

function Pairs({
  value,
  label,
  onChange,
  properties,
}: FieldProps & { readonly properties: readonly DevicePropertyView[] }) {
  const { speaker, isFrozen } = useForm();
  const pairs: readonly Pair[] = isTree(value) ? Object.entries(value) : [];
  const write = (next: readonly Pair[]): void => onChange(Object.fromEntries(next));
  const propertyOf = (name: string) => properties.find(({ id, short }) => id === name || short === name);
  const others = properties.filter(({ id, short }) => !pairs.some(([name]) => name === id || name === short));
  return (
    <fieldset className="field-many">
      <legend>{label}</legend>
      {pairs.map((pair, index) => (
        <PairRow
          // biome-ignore lint/suspicious/noArrayIndexKey: a name may change while it is typed
          key={index}
          pair={pair}
          property={propertyOf(pair[0])}
          onChange={(next) => write(pairs.with(index, next))}
          onRemove={() => write(pairs.toSpliced(index, 1))}
        />
      ))}
      <div className="field-days">
        {others.map((property) => (
          <button
            key={property.id}
            type="button"
            className="field-day"
            disabled={isFrozen}
            onClick={() => write([...pairs, [property.short ?? property.id, firstValue(property)]])}
          >
            + {propertyName(speaker.say, property)}
          </button>
        ))}
        {properties.length > 0 ? null : (
          <Button
            variant="subtle"
            size="compact-sm"
            className="field-more"
            disabled={isFrozen}
            onClick={() => write([...pairs, [`name${pairs.length + 1}`, '']])}
          >
            {speaker.say('form.anotherName')}
          </Button>
        )}
      </div>
    </fieldset>
  );
}

function firstValue({ kind, value, options, min }: DevicePropertyView): unknown {
  if (value !== undefined && value !== null) return value;
  if (kind === 'boolean') return true;
  if (kind === 'number') return min ?? 0;
  return options?.[0] ?? '';
}

export function NamesField(props: FieldProps) {
  return <Pairs {...props} properties={[]} />;
}

/** Of the device that stands beside it: what it can be told. */
export function PropertiesField(props: FieldProps) {
  const { tree } = useForm();
  const { data: devices = [] } = useDevices();
  const chosen = valueAt(tree, [...props.path.slice(0, -1), 'set']);
  const device = devices.find(({ id }) => id === chosen);
  const properties = device?.properties.filter(({ commandable }) => commandable) ?? [];
  return <Pairs {...props} properties={properties} />;
}
