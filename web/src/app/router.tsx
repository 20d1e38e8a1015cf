// The addresses of the UI. The rules list is part of the first load, every other page comes when it is opened.
import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router';
import { Waiting } from '../parts/waiting.tsx';
import { RulesPage } from '../rules/rules-page.tsx';
import { Frame } from './frame.tsx';
import { Crashed, NotFound } from './lost.tsx';

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** Only what is present: addresses stay short. */
function present<Key extends string>(values: Readonly<Record<Key, string | undefined>>) {
  const entries = Object.entries(values).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as { [Name in Key]?: string };
}

const root = createRootRoute({ component: Frame, notFoundComponent: NotFound });

const home = createRoute({ getParentRoute: () => root, path: '/', component: RulesPage });
const rules = createRoute({ getParentRoute: () => root, path: '/rules', component: RulesPage });

const newRule = createRoute({
  getParentRoute: () => root,
  path: '/rules/new',
  validateSearch: (search) => present({ from: text(search['from']), start: text(search['start']) }),
  component: lazyRouteComponent(() => import('../rule/new-rule-page.tsx'), 'NewRulePage'),
});

const rule = createRoute({
  getParentRoute: () => root,
  path: '/rules/$id',
  validateSearch: (search) => present({ tab: text(search['tab']), run: text(search['run']) }),
  component: lazyRouteComponent(() => import('../rule/rule-page.tsx'), 'RulePage'),
});

const devices = createRoute({
  getParentRoute: () => root,
  path: '/devices',
  validateSearch: (search) =>
    present({
      q: text(search['q']),
      room: text(search['room']),
      label: text(search['label']),
      add: text(search['add']),
    }),
  component: lazyRouteComponent(() => import('../devices/devices-page.tsx'), 'DevicesPage'),
});

const device = createRoute({
  getParentRoute: () => root,
  path: '/devices/$id',
  component: lazyRouteComponent(() => import('../device/device-page.tsx'), 'DevicePage'),
});

const topics = createRoute({
  getParentRoute: () => root,
  path: '/topics',
  validateSearch: (search) =>
    present({ topic: text(search['topic']), q: text(search['q']), publish: text(search['publish']) }),
  component: lazyRouteComponent(() => import('../topics/topics-page.tsx'), 'TopicsPage'),
});

const system = createRoute({
  getParentRoute: () => root,
  path: '/system',
  component: lazyRouteComponent(() => import('../system/system-page.tsx'), 'SystemPage'),
});

const setup = createRoute({
  getParentRoute: () => root,
  path: '/setup',
  component: lazyRouteComponent(() => import('../entry/setup-page.tsx'), 'SetupPage'),
});

export function makeRouter() {
  return createRouter({
    routeTree: root.addChildren([home, devices, device, rules, newRule, rule, topics, system, setup]),
    defaultPreload: 'intent',
    defaultPendingComponent: Waiting,
    defaultErrorComponent: Crashed,
    scrollRestoration: true,
  });
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof makeRouter>;
  }
}
