// A number with its unit, as people of the language write it: «23.5 °C», «1,013 hPa».
import type { Language } from './language.ts';

export function formatQuantity(language: Language, value: number, unit: string | undefined): string {
  const digits = Math.abs(value) >= 100 ? 1 : 2;
  const number = new Intl.NumberFormat(language, { maximumFractionDigits: digits }).format(value);
  return unit === undefined ? number : `${number}\u00a0${unit}`;
}
