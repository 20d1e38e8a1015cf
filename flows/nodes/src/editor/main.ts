// Makes the nodes known to the editor.
import { engine } from '../kinds/house.ts';
import { kinds } from '../kinds/table.ts';
import { definitionOf } from './definition.ts';
import { type EditorDefinition, red } from './red.ts';

const engineDefinition: EditorDefinition = {
  category: 'config',
  defaults: { name: { value: '' }, version: { value: engine.version } },
  credentials: { url: { type: 'text' }, token: { type: 'password' } },
  paletteLabel() {
    return this._('homerule-engine.label');
  },
  label() {
    return String(this['name'] || this._('homerule-engine.label'));
  },
};

for (const kind of kinds)
  red.nodes.registerType(kind.type, kind === engine ? engineDefinition : definitionOf(kind));
