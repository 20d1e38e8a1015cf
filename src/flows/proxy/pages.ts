// The few pages that stand in for Node-RED's editor: log in first, it is starting, it is stopped. Without scripts.
import type { IncomingMessage, ServerResponse } from 'node:http';

export type PageName = 'login' | 'starting' | 'stopped' | 'crashed' | 'off';

interface Words {
  readonly title: string;
  readonly text: string;
}

const words: Readonly<Record<PageName, { readonly en: Words; readonly zh: Words }>> = {
  login: {
    en: { title: 'Log in first', text: 'Flows are for whoever is logged in.' },
    zh: { title: '请先登录', text: '登录后才能查看流程。' },
  },
  starting: {
    en: { title: 'Node-RED is starting', text: 'This page goes on by itself in a moment.' },
    zh: { title: 'Node-RED 正在启动', text: '请稍候，本页会自动继续。' },
  },
  stopped: {
    en: { title: 'Node-RED is stopped', text: 'Somebody stopped it. An administrator can start it again.' },
    zh: { title: 'Node-RED 已停止', text: '有人停止了它，管理员可以重新启动。' },
  },
  crashed: {
    en: {
      title: 'Node-RED ended too often',
      text: 'It stays stopped until an administrator starts it. The log of the house says why it ended.',
    },
    zh: { title: 'Node-RED 多次异常退出', text: '在管理员重新启动之前它不会运行；原因见系统日志。' },
  },
  off: {
    en: { title: 'Node-RED is off', text: 'The configuration says flows.enabled: false.' },
    zh: { title: 'Node-RED 已关闭', text: '配置项 flows.enabled 为 false。' },
  },
};

const statusOf: Readonly<Record<PageName, number>> = {
  login: 401,
  starting: 503,
  stopped: 503,
  crashed: 503,
  off: 409,
};

/** Of the languages that the browser names, the first that we speak. */
export function languageOf({ headers }: IncomingMessage): 'en' | 'zh' {
  const [first] = headers['accept-language']?.toLowerCase().match(/\b(?:en|zh)\b/) ?? [];
  return first === 'zh' ? 'zh' : 'en';
}

function pageText(name: PageName, language: 'en' | 'zh'): string {
  const { title, text } = words[name][language];
  const home = language === 'zh' ? '返回首页' : 'To the house';
  const again = name === 'starting' ? '<meta http-equiv="refresh" content="1">' : '';
  return `<!doctype html>
<html lang="${language === 'zh' ? 'zh-CN' : 'en'}">
<meta charset="utf-8"><meta name="viewport" content="width=device-width">${again}
<title>${title}</title>
<style>
:root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif }
body { max-width: 32rem; margin: 20vh auto 0; padding: 0 1.5rem }
</style>
<h1>${title}</h1><p>${text}</p><p><a href="/" target="_top">${home}</a></p>
</html>
`;
}

export function answerPage(request: IncomingMessage, response: ServerResponse, name: PageName): void {
  const headers = { 'Content-Type': 'text/html; charset=utf-8', 'Cache-Control': 'no-store' };
  const again = name === 'starting' ? { 'Retry-After': '1' } : {};
  response.writeHead(statusOf[name], { ...headers, ...again });
  response.end(pageText(name, languageOf(request)));
}

/** What the editor asks when it is refused: a button that leads to our login, instead of a form for a password. */
export function loginPrompt(request: IncomingMessage): object {
  const { title } = words.login[languageOf(request)];
  return { loginMessage: title, prompts: [{ type: 'button', label: title, url: '/' }] };
}
