// What a browser calls itself, as people know it: «Firefox · Android». Only the kinds that are in use are told apart.

/** The first that is found counts: others pretend to be those that come after them. */
const browsers: readonly (readonly [pattern: RegExp, name: string])[] = [
  [/MicroMessenger/, 'WeChat'],
  [/wxwork/i, 'WeCom'],
  [/HuaweiBrowser/, 'Huawei Browser'],
  [/MiuiBrowser/, 'Mi Browser'],
  [/SamsungBrowser/, 'Samsung Internet'],
  [/UCBrowser/, 'UC Browser'],
  [/QQBrowser/, 'QQ Browser'],
  [/Edg(?:e|A|iOS)?\//, 'Edge'],
  [/OPR\/|Opera/, 'Opera'],
  [/Firefox\/|FxiOS/, 'Firefox'],
  [/HeadlessChrome|Chrome\/|CriOS/, 'Chrome'],
  [/Safari\//, 'Safari'],
  [/curl\//, 'curl'],
];

const systems: readonly (readonly [pattern: RegExp, name: string])[] = [
  [/HarmonyOS/, 'HarmonyOS'],
  [/Android/, 'Android'],
  [/iPhone/, 'iPhone'],
  [/iPad/, 'iPad'],
  [/Windows/, 'Windows'],
  [/Macintosh|Mac OS X/, 'macOS'],
  [/CrOS/, 'ChromeOS'],
  [/Linux/, 'Linux'],
];

/** Undefined for what is no browser that is known here. */
export function browserName(text: string): string | undefined {
  const found = [browsers, systems].map((kinds) => kinds.find(([pattern]) => pattern.test(text))?.[1]);
  const words = found.filter((word) => word !== undefined);
  return words.length === 0 ? undefined : words.join(' · ');
}

/** Whether it is held in a hand. */
export function isMobile(text: string): boolean {
  return /Mobi|Android|iPhone|iPad|HarmonyOS/.test(text);
}
