// All services: a new one is one file and one line here. `plugin.json` is made from it.
import type { Service } from '../service.ts';
import { bark } from './bark.ts';
import { dingtalk } from './dingtalk.ts';
import { email } from './email.ts';
import { feishu } from './feishu.ts';
import { ntfy } from './ntfy.ts';
import { serverchan } from './serverchan.ts';
import { telegram } from './telegram.ts';
import { wecom } from './wecom.ts';

export const services: readonly Service[] = [
  ntfy,
  bark,
  serverchan,
  dingtalk,
  feishu,
  wecom,
  telegram,
  email,
];
