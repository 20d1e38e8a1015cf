// One value of a configuration, drawn by its schema: objects and lists hold further ones.
import { ActionIcon, Button, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useWords } from '../i18n/use-words.ts';
import { Toggle } from '../parts/toggle.tsx';
import { isSecretSet, listOf, newItem, recordOf, type SchemaPart, textOf, withField } from './schema.ts';

export interface SchemaFieldProps {
  /** Empty at the top. */
  readonly name: string;
  readonly schema: SchemaPart;
  readonly value: unknown;
  readonly onChange: (value: unknown) => void;
}

function ObjectField({ name, schema, value, onChange }: SchemaFieldProps) {
  const fields = schema.properties.map(([key, part]) => (
    <SchemaField
      key={key}
      name={key}
      schema={part}
      value={recordOf(value)[key]}
      onChange={(next) => onChange(withField(value, key, next))}
    />
  ));
  if (name === '') return <>{fields}</>;
  return (
    <fieldset className="schema-group">
      <legend>{schema.title || name}</legend>
      {fields}
    </fieldset>
  );
}

function ListField({ name, schema, value, onChange }: SchemaFieldProps) {
  const { say } = useWords();
  const items = listOf(value);
  const { items: part } = schema;
  const change = (next: readonly unknown[]): void => onChange(next.length === 0 ? undefined : next);
  return (
    <fieldset className="schema-group">
      <legend>{schema.title || name}</legend>
      {schema.description === '' ? null : <p className="dim">{schema.description}</p>}
      {items.map((item, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: items have no names; fields keep no state of their own
        <div key={index} className="schema-item">
          <div className="schema-item-fields">
            {part ? (
              <SchemaField
                name={part.kind === 'object' ? '' : `${name} ${index + 1}`}
                schema={part}
                value={item}
                onChange={(next) => change(items.with(index, next ?? ''))}
              />
            ) : null}
          </div>
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={say('plugins.item.remove', { name: `${schema.title || name} ${index + 1}` })}
            onClick={() => change(items.toSpliced(index, 1))}
          >
            <IconTrash size={17} stroke={1.8} />
          </ActionIcon>
        </div>
      ))}
      <Button
        variant="default"
        leftSection={<IconPlus size={16} stroke={1.8} aria-hidden />}
        onClick={() => change([...items, newItem(part)])}
      >
        {say('plugins.item.add', { name: schema.title || name })}
      </Button>
    </fieldset>
  );
}

function JsonField({ name, schema, value, onChange }: SchemaFieldProps) {
  const { say } = useWords();
  const [text, setText] = useState(value === undefined ? '' : JSON.stringify(value, undefined, 2));
  const [isBad, setBad] = useState(false);
  const take = (next: string): void => {
    setText(next);
    try {
      onChange(next.trim() === '' ? undefined : JSON.parse(next));
      setBad(false);
    } catch {
      setBad(true); // not JSON yet
    }
  };
  return (
    <Textarea
      label={schema.title || name}
      description={schema.description || 'JSON'}
      classNames={{ input: 'code' }}
      error={isBad ? say('plugins.json') : false}
      rows={4}
      spellCheck={false}
      value={text}
      onChange={(event) => take(event.currentTarget.value)}
    />
  );
}

function SwitchField({ name, schema, value, onChange }: SchemaFieldProps) {
  const label = schema.title || name;
  return (
    <div className="bridge-switch">
      <Toggle on={(value ?? schema.fallback) === true} label={label} onChange={onChange} />
      <span aria-hidden="true">
        {label} <span className="dim">{schema.description}</span>
      </span>
    </div>
  );
}

function PlainField({ name, schema, value, onChange }: SchemaFieldProps) {
  const { say } = useWords();
  const isSet = schema.kind === 'secret' && isSecretSet(value);
  const take = (text: string): void => {
    if (text === '') onChange(undefined);
    else onChange(schema.kind === 'number' ? Number(text) : text);
  };
  return (
    <TextInput
      label={schema.title || name}
      description={schema.description}
      required={schema.required && !isSet}
      type={schema.kind === 'secret' ? 'password' : schema.kind === 'number' ? 'number' : 'text'}
      step="any"
      autoComplete={schema.kind === 'secret' ? 'new-password' : 'off'}
      autoCapitalize="none"
      spellCheck={false}
      placeholder={isSet ? say('plugins.secret.kept') : textOf(schema.fallback)}
      value={textOf(value)}
      onChange={(event) => take(event.currentTarget.value)}
    />
  );
}

function ChoiceField({ name, schema, value, onChange }: SchemaFieldProps) {
  return (
    <NativeSelect
      label={schema.title || name}
      description={schema.description}
      value={textOf(value ?? schema.fallback)}
      data={[...(schema.fallback === undefined ? [''] : []), ...schema.choices]}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

export function SchemaField(props: SchemaFieldProps) {
  const { kind } = props.schema;
  if (kind === 'object') return <ObjectField {...props} />;
  if (kind === 'array') return <ListField {...props} />;
  if (kind === 'boolean') return <SwitchField {...props} />;
  if (kind === 'choice') return <ChoiceField {...props} />;
  return kind === 'json' ? <JsonField {...props} /> : <PlainField {...props} />;
}
