// What `homerule plugin create` writes: a small plugin that works, with a test that runs without a house.
import { starterDouble } from './double.ts';
import { starterMain, starterTest } from './main.ts';

export interface StarterFile {
  readonly path: string;
  readonly text: string;
}

function manifestOf(id: string): string {
  const manifest = {
    id,
    version: '0.1.0',
    contract: 1,
    name: { en: id, zh: id },
    description: {
      en: 'Counts messages on a topic and says the count on another.',
      zh: '统计某个主题的消息数，并在另一个主题上公布。',
    },
    main: 'main.js',
    config: {
      type: 'object',
      properties: { topic: { type: 'string', default: `${id}/in` } },
      additionalProperties: false,
    },
    permissions: { subscribe: [`${id}/#`], publish: [`${id}/count`], http: true },
  };
  return `${JSON.stringify(manifest, null, 2)}\n`;
}

function packageOf(id: string): string {
  const description = { name: `homerule-plugin-${id}`, version: '0.1.0', private: true, type: 'module' };
  return `${JSON.stringify({ ...description, scripts: { test: 'node --test' } }, null, 2)}\n`;
}

function readmeOf(id: string): string {
  return `# ${id}

Counts messages on a topic; a rule can set the count to zero, and hears when it is full.

\`\`\`bash
node --test                        # without a house
homerule plugin install ./${id}    # from the folder above; again after each change
homerule plugin enable ${id}
homerule pub ${id}/in hello
homerule plugin show ${id}
\`\`\`

| file | holds |
|---|---|
| \`plugin.json\` | who it is, what may be configured, what it may do: what is not asked for here is refused |
| \`main.js\` | the plugin |
| \`test.js\` \`house.js\` | its test, and the double of a house that the test gives it |
| \`contract.d.ts\` | everything that a plugin may ask for; editors read it for completion |

In a rule:

\`\`\`yaml
triggers:
  - event: ${id}/full
actions:
  - call: ${id}/reset
\`\`\`
`;
}

/** `contract` is the text of the types that the plugin is written against. */
export function starterFiles(id: string, contract: string): readonly StarterFile[] {
  return [
    { path: 'plugin.json', text: manifestOf(id) },
    { path: 'package.json', text: packageOf(id) },
    { path: 'README.md', text: readmeOf(id) },
    { path: 'main.js', text: starterMain },
    { path: 'test.js', text: starterTest },
    { path: 'house.js', text: starterDouble },
    { path: 'contract.d.ts', text: contract },
  ];
}
