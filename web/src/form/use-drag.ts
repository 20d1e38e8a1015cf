// Moves a row with the pointer by its handle: at once with a mouse, after a moment's press with a finger, so that
// scrolling drags nothing. Rows of the same kind take it, at any depth.
import { type PointerEvent, useRef } from 'react';
import type { Path } from '../document/edit.ts';
import { type RuleForm, useForm } from './form-context.ts';
import type { Row } from './use-row-actions.ts';

const pressMs = 250;

interface Place {
  readonly list: Path;
  readonly index: number;
  readonly mark: HTMLElement;
  readonly isBelow: boolean;
}

function pathFrom(text: string): Path {
  return text
    .split(/[.[\]]+/)
    .filter(Boolean)
    .map((key) => (/^\d+$/.test(key) ? Number(key) : key));
}

/** The place that is nearest to the pointer, above or below a row or at the end of a list. */
function placeAt(role: string, y: number, moving: Element): Place | undefined {
  const lists = [...globalThis.document.querySelectorAll<HTMLElement>(`.entry-list[data-role="${role}"]`)];
  const places = lists
    .filter((list) => !moving.contains(list))
    .flatMap((list) => {
      const path = pathFrom(list.dataset['list'] ?? '');
      const rows = [...list.querySelectorAll<HTMLElement>(':scope > ol > .entry')];
      const heads = rows.flatMap((row, index) => {
        const mark = row.querySelector<HTMLElement>('.entry-head');
        if (!mark) return [];
        const box = mark.getBoundingClientRect();
        return [{ list: path, index, mark, isBelow: false, at: box.top }];
      });
      const end = list.querySelector<HTMLElement>(':scope > .entry-add');
      const last = end && {
        list: path,
        index: rows.length,
        mark: end,
        isBelow: false,
        at: end.getBoundingClientRect().top,
      };
      return last ? [...heads, last] : heads;
    });
  return places.toSorted((a, b) => Math.abs(a.at - y) - Math.abs(b.at - y))[0];
}

interface Dragging {
  readonly timer: number | undefined;
  readonly row: HTMLElement;
  isMoving: boolean;
  place: Place | undefined;
}

function clear({ row, place, timer }: Dragging): void {
  globalThis.clearTimeout(timer);
  row.removeAttribute('data-dragged');
  place?.mark.removeAttribute('data-drop');
}

function show(drag: Dragging, place: Place | undefined): void {
  drag.place?.mark.removeAttribute('data-drop');
  place?.mark.setAttribute('data-drop', 'above');
  drag.place = place;
}

function drop(form: RuleForm, { path, list, index }: Row, place: Place): void {
  const isHere = place.list.join() === list.join() && (place.index === index || place.index === index + 1);
  if (!isHere) form.edit({ do: 'move', from: path, list: place.list, index: place.index }, { focus: path });
}

export function useDrag(row: Row) {
  const form = useForm();
  const state = useRef<Dragging>(undefined);
  const end = (isDone: boolean): void => {
    const drag = state.current;
    state.current = undefined;
    if (!drag) return;
    const { place, isMoving } = drag;
    clear(drag);
    if (isDone && isMoving && place) drop(form, row, place);
  };
  return {
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      const element = event.currentTarget.closest<HTMLElement>('.entry');
      if (event.button !== 0 || !element) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      const begin = (): void => {
        if (!state.current) return;
        state.current.isMoving = true;
        element.setAttribute('data-dragged', 'true');
      };
      const isTouch = event.pointerType !== 'mouse';
      const timer = isTouch ? globalThis.setTimeout(begin, pressMs) : undefined;
      state.current = { timer: timer as number | undefined, row: element, isMoving: false, place: undefined };
      if (!isTouch) begin();
    },
    onPointerMove: (event: PointerEvent<HTMLElement>) => {
      const drag = state.current;
      if (!drag?.isMoving) return;
      event.preventDefault();
      show(drag, placeAt(row.role, event.clientY, drag.row));
    },
    onPointerUp: () => end(true),
    onPointerCancel: () => end(false),
  };
}
