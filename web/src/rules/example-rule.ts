// The rule that a new house is offered.
export const exampleRule = `id: kitchen-fan
name: Fan when it gets warm
triggers:
  - message: home/{room}/temperature
conditions:
  - payload.celsius > $state('home/' & params.room & '/threshold', 28)
actions:
  - publish: home/{{ params.room }}/fan/set
    payload: "ON"
`;

export const exampleRuleZh = `id: kitchen-fan
name: 太热就开风扇
triggers:
  - message: home/{room}/temperature
conditions:
  - payload.celsius > $state('home/' & params.room & '/threshold', 28)
actions:
  - publish: home/{{ params.room }}/fan/set
    payload: "ON"
`;

export const blankRule = `name: ""
triggers: []
conditions: []
actions: []
`;
