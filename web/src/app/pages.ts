// Every page of the UI: its address, the sentences that it says, where it stands in the navigation, how it is loaded.
import {
  IconAffiliate,
  IconArrowsSplit2,
  IconBulb,
  IconChartLine,
  IconHistory,
  IconHome,
  IconListCheck,
  IconPlugConnected,
  IconServer2,
  IconShieldLock,
  IconSitemap,
} from '@tabler/icons-react';
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import type { ComponentType } from 'react';
import type { Permission } from '../api/types.ts';
import type { TextKey } from '../i18n/texts.ts';
import { page, searchOf } from './root.ts';

export interface Place {
  readonly icon: ComponentType<{ size?: number; stroke?: number; 'aria-hidden'?: boolean }>;
  readonly key: TextKey;
  /** Pages of one group stand together in the rail. */
  readonly group: 'house' | 'rules' | 'messages' | 'links' | 'care';
  /** Also in the bottom bar of phones; the others are behind More. */
  readonly bar?: boolean;
}

declare module '@tanstack/react-router' {
  interface StaticDataRouteOption {
    /** Without one the page is reached from another page. */
    readonly place?: Place;
    /** Who has not this permission sees neither the page nor a link to it; `read` when absent. */
    readonly may?: Permission;
  }
}

/** The order is that of the navigation. */
export const pages = [
  createRoute({
    ...page(['home', 'devices', 'engine', 'faults']),
    path: '/',
    staticData: { place: { icon: IconHome, key: 'nav.home', group: 'house', bar: true } },
    component: lazyRouteComponent(() => import('../home/home-page.tsx'), 'HomePage'),
  }),
  createRoute({
    ...page(['devices']),
    path: '/devices',
    staticData: { place: { icon: IconBulb, key: 'nav.devices', group: 'house', bar: true } },
    validateSearch: searchOf('q', 'room', 'label', 'add'),
    component: lazyRouteComponent(() => import('../devices/devices-page.tsx'), 'DevicesPage'),
  }),
  createRoute({
    ...page(['devices', 'causes', 'engine']),
    path: '/devices/$id',
    component: lazyRouteComponent(() => import('../device/device-page.tsx'), 'DevicePage'),
  }),
  createRoute({
    ...page(['rules', 'engine', 'sentences']),
    path: '/rules',
    staticData: { place: { icon: IconListCheck, key: 'nav.rules', group: 'rules', bar: true } },
    component: lazyRouteComponent(() => import('../rules/rules-page.tsx'), 'RulesPage'),
  }),
  createRoute({
    ...page(['rules', 'trial', 'engine', 'devices', 'sentences', 'editor', 'faults']),
    path: '/rules/new',
    staticData: { may: 'edit' },
    validateSearch: searchOf('from', 'start', 'at'),
    component: lazyRouteComponent(() => import('../rule/new-rule-page.tsx'), 'NewRulePage'),
  }),
  createRoute({
    ...page([
      'rules',
      'runs',
      'versions',
      'timers',
      'trial',
      'why',
      'causes',
      'engine',
      'devices',
      'sentences',
      'editor',
      'faults',
    ]),
    path: '/rules/$id',
    validateSearch: searchOf('tab', 'run', 'why', 'version', 'against', 'replay'),
    component: lazyRouteComponent(() => import('../rule/rule-page.tsx'), 'RulePage'),
  }),
  createRoute({
    ...page(['runs', 'timers', 'causes', 'engine', 'sentences', 'faults']),
    path: '/runs',
    staticData: { place: { icon: IconHistory, key: 'nav.runs', group: 'rules' } },
    validateSearch: searchOf('rule', 'outcome', 'reason', 'span'),
    component: lazyRouteComponent(() => import('../runs/runs-page.tsx'), 'RunsPage'),
  }),
  createRoute({
    ...page(['runs', 'timers', 'causes', 'engine', 'sentences', 'faults']),
    path: '/runs/$id',
    validateSearch: searchOf('rule', 'outcome', 'reason', 'span'),
    component: lazyRouteComponent(() => import('../runs/runs-page.tsx'), 'RunsPage'),
  }),
  createRoute({
    ...page(['map', 'faults']),
    path: '/map',
    staticData: { place: { icon: IconAffiliate, key: 'nav.map', group: 'rules' } },
    validateSearch: searchOf('around', 'label', 'room', 'as', 'node'),
    component: lazyRouteComponent(() => import('../map/map-page.tsx'), 'MapPage'),
  }),
  createRoute({
    ...page(['topics', 'chart', 'causes', 'engine']),
    path: '/topics',
    staticData: { place: { icon: IconSitemap, key: 'nav.topics', group: 'messages', bar: true } },
    validateSearch: searchOf('topic', 'q', 'publish', 'at'),
    component: lazyRouteComponent(() => import('../topics/topics-page.tsx'), 'TopicsPage'),
  }),
  createRoute({
    ...page(['history', 'chart', 'devices', 'engine']),
    path: '/history',
    staticData: { place: { icon: IconChartLine, key: 'nav.history', group: 'messages' } },
    validateSearch: searchOf('series', 'span', 'from', 'to', 'rule'),
    component: lazyRouteComponent(() => import('../history/history-page.tsx'), 'HistoryPage'),
  }),
  createRoute({
    ...page(['bridges', 'faults']),
    path: '/bridges',
    staticData: { place: { icon: IconPlugConnected, key: 'nav.bridges', group: 'links' }, may: 'admin' },
    validateSearch: searchOf('part'),
    component: lazyRouteComponent(() => import('../bridges/bridges-page.tsx'), 'BridgesPage'),
  }),
  createRoute({
    ...page(['flows']),
    path: '/flows',
    staticData: { place: { icon: IconArrowsSplit2, key: 'nav.flows', group: 'links' } },
    validateSearch: searchOf('part', 'flow'),
    component: lazyRouteComponent(() => import('../flows/flows-page.tsx'), 'FlowsPage'),
  }),
  createRoute({
    ...page(['access', 'reach']),
    path: '/access',
    staticData: { place: { icon: IconShieldLock, key: 'nav.access', group: 'care' }, may: 'admin' },
    validateSearch: searchOf('part', 'user', 'access', 'filter'),
    component: lazyRouteComponent(() => import('../access/access-page.tsx'), 'AccessPage'),
  }),
  createRoute({
    ...page(['system', 'deeds', 'backups', 'reach']),
    path: '/system',
    staticData: { place: { icon: IconServer2, key: 'nav.system', group: 'care' } },
    validateSearch: searchOf('part', 'by'),
    component: lazyRouteComponent(() => import('../system/system-page.tsx'), 'SystemPage'),
  }),
  createRoute({
    ...page(['entry', 'setup', 'access', 'devices', 'backups', 'reach']),
    path: '/setup',
    component: lazyRouteComponent(() => import('../setup/setup-page.tsx'), 'SetupPage'),
  }),
] as const;
