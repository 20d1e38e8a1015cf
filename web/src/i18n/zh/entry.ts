// 登录，以及第一个管理员。
import type { texts as en } from '../en/entry.ts';
import type { Translation } from '../translation.ts';

export const texts = {
  'entry.login': '登录',
  'entry.login.hint': '请告诉我们你是谁。',
  'entry.login.do': '登录',
  'entry.logout': '退出登录：{{name}}',
  'entry.name': '名字',
  'entry.password': '密码',
  'entry.setup': '第一个管理员',
  'entry.setup.hint': '之后每个人都要用名字登录，MQTT 设备也一样。这一步不会向网络开放任何端口。',
  'entry.setup.do': '创建管理员',
  'entry.code': '一次性代码',
  'entry.code.hint': '启动时会打印出来，在地址的 # 后面。',
} as const satisfies Translation<typeof en>;
