// A topic or text as it is written, which breaks behind its slashes and beside its `{{ … }}`. A long template breaks at
// its spaces, but never behind its opening or before its closing braces.
import { Fragment } from 'react';
import './code-text.css';

const longestWhole = 28;

function Levels({ text }: { readonly text: string }) {
  return text.split(/(?<=\/)/).map((level, at) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: levels have no other name
    <Fragment key={at}>
      {at === 0 ? null : <wbr />}
      {level}
    </Fragment>
  ));
}

function Braces({ text }: { readonly text: string }) {
  const [, head, middle, tail] = /^(\{\{\s*\S+)(\s(?:.*\s)?)(\S+\s*\}\})$/s.exec(text) ?? [];
  if (text.length <= longestWhole || head === undefined) return <span className="code-braces">{text}</span>;
  return (
    <>
      <span className="code-braces">{head}</span>
      {middle}
      <span className="code-braces">{tail}</span>
    </>
  );
}

export function CodeText({ text }: { readonly text: string }) {
  return text.split(/(\{\{.*?\}\})/s).map((piece, at) => {
    const Piece = at % 2 === 0 ? Levels : Braces;
    // biome-ignore lint/suspicious/noArrayIndexKey: pieces have no other name
    return <Piece key={at} text={piece} />;
  });
}
