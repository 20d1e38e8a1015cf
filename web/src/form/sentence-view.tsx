// A sentence whose parts stand for places in the rule.
import { pathText } from '../document/edit.ts';
import { CodeText } from '../parts/code-text.tsx';
import type { Sentence } from '../sentence/part.ts';
import './sentence-view.css';

export function SentenceView({ sentence }: { readonly sentence: Sentence }) {
  return (
    <span className="sentence">
      {sentence.map(({ text, path, isCode }, at) => {
        const key = `${at} ${text}`;
        if (path === undefined && isCode !== true) return <span key={key}>{text}</span>;
        return (
          <span key={key} className="sentence-part" data-code={isCode} data-at={path && pathText(path)}>
            {isCode ? <CodeText text={text} /> : text}
          </span>
        );
      })}
    </span>
  );
}
