// A topic or text as it is written, which breaks behind its slashes and beside its `{{ … }}`, not within them.
import { Fragment } from 'react';
import './code-text.css';

function Levels({ text }: { readonly text: string }) {
  return text.split(/(?<=\/)/).map((level, at) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: levels have no other name
    <Fragment key={at}>
      {at === 0 ? null : <wbr />}
      {level}
    </Fragment>
  ));
}

export function CodeText({ text }: { readonly text: string }) {
  return text.split(/(\{\{.*?\}\})/s).map((piece, at) =>
    at % 2 === 0 ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: pieces have no other name
      <Levels key={at} text={piece} />
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: pieces have no other name
      <span key={at} className="code-braces">
        {piece}
      </span>
    ),
  );
}
