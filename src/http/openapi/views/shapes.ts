// What the shapes of answers are made of.
import { z } from 'zod';

export const text = z.string();
export const millis = z.number();
export const count = z.number();
export const page = <Item extends z.ZodType>(item: Item) =>
  z.object({ items: z.array(item), next: text.exactOptional() });
export const list = <Item extends z.ZodType>(item: Item) => z.object({ items: z.array(item) });
