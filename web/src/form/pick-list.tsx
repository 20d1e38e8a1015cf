// A list to choose from with arrows, Enter or a finger, below the field that it belongs to.
import { type KeyboardEvent, useEffect, useRef } from 'react';
import { isPlainEnter } from '../base/typing.ts';
import './pick-list.css';

export interface PickItem {
  readonly key: string;
  readonly title: string;
  readonly detail?: string | undefined;
  /** A heading is shown above the first item of each group. */
  readonly group?: string;
}

export interface PickListProps<Item extends PickItem> {
  readonly id: string;
  readonly label: string;
  readonly items: readonly Item[];
  readonly current: number;
  readonly onPick: (item: Item) => void;
}

/** What arrows and Enter do in a field with a list; true: the key was used. */
export function listKey<Item extends PickItem>(
  event: KeyboardEvent,
  { items, current }: { readonly items: readonly Item[]; readonly current: number },
  act: { readonly go: (index: number) => void; readonly pick: (item: Item) => void },
): boolean {
  const item = items[current];
  if (isPlainEnter(event) && item) act.pick(item);
  else if (event.key === 'ArrowDown' && items.length > 0) act.go((current + 1) % items.length);
  else if (event.key === 'ArrowUp' && items.length > 0)
    act.go((Math.max(current, 0) - 1 + items.length) % items.length);
  else return false;
  event.preventDefault();
  return true;
}

export function PickList<Item extends PickItem>({ id, label, items, current, onPick }: PickListProps<Item>) {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.querySelector(`[data-index="${current}"]`)?.scrollIntoView?.({ block: 'nearest' });
  }, [current]);
  return (
    <div className="pick-list" id={id} role="listbox" aria-label={label} ref={list}>
      {items.map((item, index) => (
        <div key={item.key} role="presentation">
          {item.group !== undefined && item.group !== items[index - 1]?.group ? (
            <p className="pick-group" role="presentation">
              {item.group}
            </p>
          ) : null}
          {/* biome-ignore lint/a11y/useKeyWithClickEvents: the field above has the keys */}
          <div
            id={`${id}-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === current}
            data-index={index}
            className="pick-item"
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => onPick(item)}
          >
            <span className="pick-title">{item.title}</span>
            {item.detail === undefined || item.detail === '' ? null : (
              <span className="pick-detail">{item.detail}</span>
            )}
          </div>
        </div>
      ))}
    </div>
  );
}
