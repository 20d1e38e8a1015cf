// What a field lets people pick: asked of the house, through Node-RED's admin API, while they type.
import type { Choices } from '../kinds/kind.ts';
import type { Suggest, Suggestion } from './red.ts';

interface Answer {
  readonly items: readonly { readonly value: string; readonly label: string }[];
}

function textIn(name: string): string {
  return String($(`#node-input-${name}`).val() ?? '');
}

/** What is picked may hang on other fields: a room instead of devices, properties of the device that is named. */
function queryFor(pick: Choices): { readonly what: string; readonly by: string; readonly target: string } {
  const by = textIn('by');
  const what = pick === 'devices' && by !== '' && by !== 'device' ? `${by}s` : pick;
  return { what, by, target: textIn('target') || textIn('device') };
}

function shown({ value, label }: Answer['items'][number]): Suggestion {
  const row = $('<div/>').css({ display: 'flex', justifyContent: 'space-between', gap: '1em' });
  $('<span/>').text(value).appendTo(row);
  if (label !== value) $('<span/>').css('opacity', 0.6).text(label).appendTo(row);
  return { value, label: row };
}

/** Of a list separated by commas the last name is searched for, and what stands before it stays. */
export function suggestionsOf(pick: Choices): Suggest {
  return (text, done) => {
    const { what, by, target } = queryFor(pick);
    const begun = what === 'devices' || what === 'channels' ? text.lastIndexOf(',') + 1 : 0;
    const kept = text.slice(0, begun);
    const engine = textIn('engine').replace('_ADD_', '');
    const search = text.slice(begun).trim();
    $.getJSON(`homerule/${what}`, { engine, search, by, target })
      .done(({ items }: Answer) =>
        done(items.map((item) => shown({ ...item, value: `${kept}${item.value}` }))),
      )
      .fail(() => done([]));
  };
}
