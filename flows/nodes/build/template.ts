// The form of a node in the editor, made from its kind. The editor half (src/editor) gives the fields their behaviour.
import type { Field, Kind } from '../src/kinds/kind.ts';

function label(key: string, input: string): string {
  return `<label for="${input}"><span data-i18n="${key}"></span></label>`;
}

function controlOf(name: string, field: Field): string {
  const id = `node-input-${name}`;
  switch (field.input) {
    case 'check':
      return `<input type="checkbox" id="${id}" style="display:inline-block;width:auto">`;
    case 'choice': {
      const options = field.options.map(
        (option) => `<option value="${option}" data-i18n="homerule.options.${name}.${option}"></option>`,
      );
      return `<select id="${id}" style="width:70%">${options.join('')}</select>`;
    }
    case 'choices': {
      const boxes = field.options.map(
        (option) =>
          `<label style="width:auto;margin-right:12px"><input type="checkbox" value="${option}" style="width:auto;margin:0 4px 0 0"><span data-i18n="homerule.options.${name}.${option}"></span></label>`,
      );
      return `<span id="${id}" style="display:inline-block;width:70%">${boxes.join(' ')}</span>`;
    }
    case 'typed':
      return `<input type="text" id="${id}" style="width:70%"><input type="hidden" id="${id}Type">`;
    case 'rows':
      return `<ol id="${id}"></ol>`;
    case 'number':
      return `<input type="number" id="${id}" min="${field.min}" max="${field.max}" style="width:70%">`;
    default:
      return `<input type="text" id="${id}" style="width:70%">`;
  }
}

function rowOf(name: string, field: Field): string {
  const id = `node-input-${name}`;
  const key = `homerule.fields.${name}`;
  return `<div class="form-row" data-field="${name}">${label(key, id)} ${controlOf(name, field)}</div>\n`;
}

/** Of the engine node: an address and a token that are never part of a flow. */
const engineRows = `<div class="form-row">${label('homerule.fields.name', 'node-config-input-name')} <input type="text" id="node-config-input-name"></div>
<div class="form-row">${label('homerule.fields.url', 'node-config-input-url')} <input type="text" id="node-config-input-url" data-i18n="[placeholder]homerule.thisHome"></div>
<div class="form-row">${label('homerule.fields.token', 'node-config-input-token')} <input type="password" id="node-config-input-token"></div>
<div class="form-tips"><span data-i18n="homerule.engineTip"></span></div>
`;

function rowsOf({ fields }: Kind): string {
  const own = Object.entries(fields).map(([name, field]) => rowOf(name, field));
  const row = (name: string): string =>
    `<div class="form-row">${label(`homerule.fields.${name}`, `node-input-${name}`)} <input type="text" id="node-input-${name}" style="width:70%"></div>\n`;
  return row('name') + row('engine') + own.join('');
}

export function templateOf(kind: Kind): string {
  const isEngine = kind.type === 'homerule-engine';
  const rows = isEngine ? engineRows : rowsOf(kind);
  return `<script type="text/html" data-template-name="${kind.type}">\n${rows}</script>\n`;
}

export function helpOf(type: string, markdown: string): string {
  return `<script type="text/markdown" data-help-name="${type}">\n${markdown}</script>\n`;
}
