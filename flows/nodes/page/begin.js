// How the editor begins in a house: `Deploy` means the nodes that were changed, so that all other flows, and what they wait for,
// go on. Node-RED remembers no choice of its own.
(() => {
  const begin = () => {
    RED.events.off('flows:loaded', begin);
    RED.actions.invoke('core:set-deploy-type-to-modified-nodes');
  };
  RED.events.on('flows:loaded', begin);
})();
