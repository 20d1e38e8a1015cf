// Sections of the documents that are made from the code, and the check that they still are.
import { configReference } from '../../src/config/index.ts';
import { ownFunctions } from '../../src/expression/index.ts';
import { actionKinds, triggerKinds } from '../../src/rules/index.ts';

type Language = 'en' | 'zh';

const heads = {
  en: {
    trigger: '| trigger | wakes the rule when | options | example |',
    action: '| action | does | options | example |',
    functions: '| function | gives | example |',
  },
  zh: {
    trigger: '| 触发器 | 何时唤醒规则 | 选项 | 例子 |',
    action: '| 动作 | 作用 | 选项 | 例子 |',
    functions: '| 函数 | 结果 | 例子 |',
  },
} as const;

interface Kind {
  readonly verb: string;
  readonly doc: Readonly<Record<Language, string>>;
  readonly example: string;
  readonly keys: readonly string[];
}

const common = new Set(['id', 'note', 'enabled', 'when', 'onError']);

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', '<br>');
}

function kindRow({ verb, doc, example, keys }: Kind, language: Language): string {
  const options = keys.filter((key) => key !== verb && !common.has(key)).map((key) => `\`${key}\``);
  const lines = example.split('\n').map((line) => `\`${cell(line)}\``);
  return `| \`${verb}\` | ${cell(doc[language])} | ${options.join(' ') || '–'} | ${lines.join('<br>')} |`;
}

function kindTable(kinds: readonly Kind[], head: string, language: Language): string {
  return [head, '|---|---|---|---|', ...kinds.map((kind) => kindRow(kind, language))].join('\n');
}

function functionRows(language: Language): string {
  const rows = ownFunctions.map(
    ({ name, example, ...texts }) =>
      `| \`$${name}\` | ${cell(texts[language])} | \`${cell(example.source)}\` → \`${cell(JSON.stringify(example.result))}\` |`,
  );
  return [heads[language].functions, '|---|---|---|', ...rows].join('\n');
}

const sections: Readonly<Record<string, (language: Language) => string>> = {
  triggers: (language) => kindTable(triggerKinds, heads[language].trigger, language),
  actions: (language) => kindTable(actionKinds, heads[language].action, language),
  functions: functionRows,
  settings: () => configReference().trimEnd(),
};

/** The document with every generated section made anew. Throws for a section that nobody makes. */
export function withGeneratedSections(text: string, language: Language): string {
  return text.replace(
    /(<!-- generated: (\S+) -->\n)[\s\S]*?(<!-- end -->)/g,
    (_all, open: string, name: string, close: string) => {
      const make = sections[name];
      if (make === undefined) throw new Error(`nobody makes the section "${name}"`);
      return `${open}\n${make(language)}\n\n${close}`;
    },
  );
}
