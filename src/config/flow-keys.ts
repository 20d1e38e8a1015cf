// The keys of `flows`: whether and how Node-RED runs.
import { z } from 'zod';
import { parseDuration } from '../base/index.ts';
import { isDuration, keyDocs } from './key-docs.ts';

/** A path below `/endpoint`, or all that begin like it. */
const publicPath = /^\/[^\s?#%*]*\*?$/;
const leastPatienceMs = 2000;

export const flowKeys = z
  .strictObject({
    enabled: z.boolean().default(true).register(keyDocs, {
      about: 'Whether Node-RED may run; it does when there are flows or somebody opens its editor.',
      expected: 'true or false',
    }),
    memory: z.int().min(64).max(65_536).default(256).register(keyDocs, {
      about: 'Megabytes of JavaScript objects that flows may hold; beyond, Node-RED is started anew.',
      expected: 'a whole number from 64 to 65536',
    }),
    patience: z
      .string()
      .refine((text) => isDuration(text) && parseDuration(text) >= leastPatienceMs)
      .default('3s')
      .register(keyDocs, {
        about:
          'How long Node-RED may not answer before it is ended and started anew; a function node has a second less.',
        expected: 'a duration of at least 2s',
      }),
    palette: z.boolean().default(false).register(keyDocs, {
      about: 'Whether administrators may install nodes of others, which run with all rights of the house.',
      expected: 'true or false',
    }),
    public: z.array(z.string().regex(publicPath)).default([]).register(keyDocs, {
      about: 'Paths below /endpoint that everybody may call without login, such as those of webhooks.',
      expected: 'a list of paths such as /github or, with all that begins like it, /shop/*',
    }),
  })
  .prefault({});
