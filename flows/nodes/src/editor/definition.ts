// What the editor is told of a kind of node, made from its kind: defaults with checks, labels, and its form.
import { type Field, type Kind, outputsOf } from '../kinds/kind.ts';
import { defaultsOf, migrate } from '../shared/migrate.ts';
import { problemsOf } from '../shared/validate.ts';
import { readFields, showFields } from './fields.ts';
import type { EditorDefinition, EditorNode } from './red.ts';

const color = '#8FC7BE';

type Defaults = EditorDefinition['defaults'];

/** A type is checked with its value. */
function fieldNameOf(property: string, fields: Kind['fields']): string {
  const name = property.replace(/Type$/, '');
  return property in fields || !(name in fields) ? property : name;
}

function checkOf(kind: Kind, name: string): Defaults[string]['validate'] {
  return function check(this, value) {
    const problems = problemsOf(kind.fields, { ...this, [name]: value });
    const found = problems.find(({ field }) => field === name);
    if (found === undefined) return true;
    return `${this._(`homerule.fields.${name}`)}: ${this._(`homerule.problems.${found.problem}`)}`;
  };
}

function defaultsFor(kind: Kind): Defaults {
  const { fields, version, outputs } = kind;
  const own = Object.entries(defaultsOf(fields)).map(([name, value]): [string, Defaults[string]] => {
    const isField = fieldNameOf(name, fields) === name;
    const validate = isField ? checkOf(kind, name) : undefined;
    return [name, { value, ...(validate && { validate }) }];
  });
  return {
    name: { value: '' },
    engine: { value: '', type: 'homerule-engine', required: false },
    ...Object.fromEntries(own),
    ...(typeof outputs === 'function' && { outputs: { value: outputs(defaultsOf(fields)) } }),
    version: { value: version },
  };
}

const telling = ['target', 'device', 'rule', 'flow', 'event', 'topic', 'channels'];

/** The name, or what it is about. */
function labelOf(kind: Kind, node: EditorNode): string {
  const name = node['name'];
  if (typeof name === 'string' && name !== '') return name;
  const isText = (field: string): boolean =>
    (node[`${field}Type`] ?? 'str') === 'str' && typeof node[field] === 'string' && node[field] !== '';
  const about = telling.find((field) => field in kind.fields && isText(field));
  const property = kind.fields['property'] !== undefined && node['property'] !== '' ? node['property'] : '';
  if (about === undefined) return node._(`${kind.type}.label`);
  return [node[about], property].filter((part) => part !== '' && part !== undefined).join(' · ');
}

function bringUpToDate(kind: Kind, node: EditorNode): void {
  Object.assign(node, migrate(kind, node));
}

export function definitionOf(kind: Kind): EditorDefinition {
  const { type, icon, inputs, outputs, fields, version } = kind;
  const isSource = inputs === 0;
  return {
    category: 'homerule',
    color,
    icon,
    align: isSource || outputs !== 0 ? 'left' : 'right',
    defaults: defaultsFor(kind),
    inputs,
    outputs: outputsOf(kind, defaultsOf(fields)),
    paletteLabel() {
      return this._(`${type}.label`);
    },
    label() {
      return labelOf(kind, this);
    },
    labelStyle() {
      return this['name'] ? 'node_label_italic' : '';
    },
    outputLabels(index) {
      return this._(`${type}.outputs.${index}`);
    },
    oneditprepare() {
      bringUpToDate(kind, this);
      showFields(kind, this);
    },
    oneditsave() {
      Object.assign(this, readFields(kind), { version });
      if (typeof outputs === 'function') this['outputs'] = outputs(readSelects(fields));
    },
  };
}

/** As the form shows them: the node itself is updated after this. */
function readSelects(fields: Readonly<Record<string, Field>>): Record<string, unknown> {
  const selects = Object.entries(fields).filter(([, { input }]) => input === 'choice');
  return Object.fromEntries(selects.map(([name]) => [name, $(`#node-input-${name}`).val()]));
}
