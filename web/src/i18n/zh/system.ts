// 系统本身。
import type { texts as en } from '../en/system.ts';
import type { Translation } from '../translation.ts';

export const texts = {
  'system.title': '系统',
  'system.version': '版本',
  'system.node': 'Node.js',
  'system.started': '运行自',
  'system.zone': '时区',
  'system.data': '数据目录',
  'system.listeners': '监听地址',
  'system.counters': '计数',
  'system.counters.hint': '自启动以来',
  'system.settings': '此浏览器',
  'system.listener.mqtt': 'MQTT',
  'system.listener.mqtts': 'MQTT（TLS）',
  'system.listener.ws': 'MQTT（WebSocket）',
  'system.listener.wss': 'MQTT（WebSocket + TLS）',
  'system.listener.unix': 'MQTT（本机套接字）',
  'system.listener.http': '网页与 API',
  'system.listener.socket': '本机套接字',
} as const satisfies Translation<typeof en>;
