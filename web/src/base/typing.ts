// Whether a key belongs to an input method that composes (pinyin, kana): then Enter chooses a word and must do nothing else.
interface KeyLike {
  readonly key: string;
  readonly keyCode: number;
  readonly nativeEvent?: { readonly isComposing: boolean };
  readonly isComposing?: boolean;
}

export function isComposing(event: KeyLike): boolean {
  return event.isComposing === true || event.nativeEvent?.isComposing === true || event.keyCode === 229;
}

export function isPlainEnter(event: KeyLike): boolean {
  return event.key === 'Enter' && !isComposing(event);
}

/** On a form: the Enter that ends a composition does not send it. */
export function keepComposing(event: KeyLike & { preventDefault(): void }): void {
  if (event.key === 'Enter' && isComposing(event)) event.preventDefault();
}
