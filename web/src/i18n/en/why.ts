// Why a rule did or did not run at some time.
export const texts = {
  'why.miss.off': 'This trigger is switched off.',
  'why.miss.origin': '{{topic}} came from {{value}}; the trigger wants {{wanted}}.',
  'why.miss.stored': '{{topic}} came out of a store and is no news.',
  'why.miss.unchanged': '{{topic}} stayed {{value}}: nothing changed.',
  'why.miss.value': '{{topic}} was {{value}}; the trigger wants {{wanted}}.',
  'why.miss.previous': '{{topic}} was {{value}} before; the trigger wants {{wanted}}.',
  'why.hint.type': 'Only the type differs: a text is not a number.',
  'why.hint.case': 'Only upper and lower case differ.',
  'why.hint.switch': 'One is a text, the other true or false.',
  'why.hint.spaces': 'Only spaces differ.',
} as const;
