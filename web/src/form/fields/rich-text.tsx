// Text that may hold `{{ expressions }}` or go over lines: plain at first, and an editor once somebody is in it.
import { Textarea, TextInput } from '@mantine/core';
import { type ChangeEvent, type FocusEvent, lazy, Suspense, useId, useState } from 'react';
import type { Path } from '../../document/edit.ts';
import { useForm } from '../form-context.ts';
import { useSample } from '../sample.ts';
import { useExpressionWords } from '../use-expression-words.ts';
import type { TypedText } from '../use-text.ts';

const Editor = lazy(async () => ({
  default: (await import('../../editor/expression-editor.tsx')).ExpressionEditor,
}));

export interface RichTextProps {
  readonly text: TypedText;
  readonly path: Path;
  readonly label: string;
  /** As long as it is one line, no more are wanted. */
  readonly isLine?: boolean;
}

const nothing: never[] = [];

function isRich(text: string): boolean {
  return text.includes('{{') || text.includes('\n');
}

type Input = HTMLInputElement | HTMLTextAreaElement;

function Plain({
  text,
  label,
  isLine = false,
  onRich,
}: RichTextProps & { readonly onRich: (caret: number) => void }) {
  const { isFrozen } = useForm();
  const look = ({ value, selectionEnd }: Input): void => {
    if (isRich(value)) onRich(selectionEnd ?? value.length);
  };
  const field = {
    label,
    value: text.value,
    disabled: isFrozen,
    classNames: { input: 'code' },
    spellCheck: false,
    onFocus: ({ currentTarget }: FocusEvent<Input>) => look(currentTarget),
    onChange: ({ currentTarget, nativeEvent }: ChangeEvent<Input>) => {
      text.write(currentTarget.value);
      // Words of an input method would be cut in two.
      if (!('isComposing' in nativeEvent && nativeEvent.isComposing === true)) look(currentTarget);
    },
  };
  const isOneLine = isLine && !text.value.includes('\n');
  return isOneLine ? <TextInput {...field} /> : <Textarea {...field} autosize minRows={1} maxRows={12} />;
}

function Rich({ text, path, label, caret }: RichTextProps & { readonly caret: number }) {
  const { tree, isFrozen, speaker } = useForm();
  const words = useExpressionWords(useSample(tree, path, true));
  const id = useId();
  return (
    <div className="field-wide">
      <p className="mantine-InputWrapper-label" aria-hidden="true">
        {label}
      </p>
      <Editor
        kind="template"
        text={text.value}
        label={label}
        describedBy={id}
        isReadOnly={isFrozen}
        caret={caret}
        words={words}
        problems={nothing}
        values={nothing}
        onChange={text.write}
      />
      <p id={id} className="sr-only">
        {speaker.say('form.template')}
      </p>
    </div>
  );
}

export function RichText(props: RichTextProps) {
  const [caret, setCaret] = useState<number>();
  const plain = <Plain {...props} onRich={setCaret} />;
  if (caret === undefined) return plain;
  return (
    <Suspense fallback={plain}>
      <Rich {...props} caret={caret} />
    </Suspense>
  );
}
