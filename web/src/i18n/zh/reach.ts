// 其他设备怎样找到这个家。
import type { texts as en } from '../en/reach.ts';
import type { Translation } from '../translation.ts';

export const texts = {
  'reach.none': '这台机器没有其他设备可用的网络地址。',
  'reach.others': '也可以使用：{{addresses}}',
  'reach.broker': '设备通过这个地址连接：',
  'reach.broker.alone': '目前只有本机的程序能连接。要接入设备，请这样启动：',
  'reach.web': '在同一网络的手机或其他电脑上打开：',
  'reach.web.alone': '目前只有本机能打开这些页面。要在手机上使用，请这样启动：',
  'reach.web.qr': '{{url}} 的二维码',
  'reach.device': '用手机扫码',
  'reach.device.hint': '包含地址、用户名和密码，供支持扫码的应用使用。扫到的人都能连接。',
  'reach.device.qr': '包含 {{name}} 的地址、用户名和密码的二维码',
} as const satisfies Translation<typeof en>;
