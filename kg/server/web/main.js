// The query page: Yasgui, told to ask nobody but the server that the page came from.
import { Yasgui } from '@zazuko/yasgui';

const given = JSON.parse(document.getElementById('given').textContent);
const endpoint = new URL(given.endpoint, document.baseURI).href;

// Yasgui would ask prefix.cc and Linked Open Vocabularies what can be written here; the ontology's own terms are at hand.
const { Yasqe } = Yasgui;
const known = (terms) => (yasqe, token) => terms.filter((iri) => iri.startsWith(token?.autocompletionString ?? ''));
const completers = {
  prefixes: { get: () => given.prefixes.map(([name, iri]) => `${name}: <${iri}>`), persistenceId: null },
  property: { get: known(given.properties) },
  class: { get: known(given.classes) },
};
for (const [name, change] of Object.entries(completers)) Yasqe.forkAutocompleter(name, { ...change, name }, false);

// Yasgui takes what stands in an address for parameters of the query, and so would the language of the page be.
const address = location.href;
history.replaceState(null, '', location.pathname + location.hash);
const yasgui = new Yasgui(document.getElementById('yasgui'), {
  persistenceId: 'report-kg',
  requestConfig: { endpoint, method: 'POST' },
  copyEndpointOnNewTab: false,
  endpointCatalogueOptions: { getData: () => [], keys: [] },
  tabName: given.words.tab,
  yasqe: { value: given.start },
  yasr: { prefixes: Object.fromEntries(given.prefixes), persistencyExpire: 0, pluginOrder: ['table', 'response', 'boolean', 'error'] },
});

history.replaceState(null, '', address);

// A tab that was kept from another visit asks the server of today.
for (const id of yasgui.persistentConfig.getTabs()) yasgui.getTab(id).setEndpoint(endpoint);

document.getElementById('questions').addEventListener('change', ({ target }) => {
  const question = given.questions[target.value];
  if (!question) return;
  const tab = yasgui.addTab(true, { ...Yasgui.Tab.getDefaults(yasgui), name: question.title });
  tab.setQuery(question.text);
  tab.query().catch(() => {}); // what is wrong is shown below the query
  target.value = '';
});

// The things of the graph have their pages here, wherever their IRIs lead.
document.addEventListener('click', (event) => {
  const link = event.target.closest?.('a.iri');
  const iri = link && decodeURI(link.getAttribute('href'));
  if (!iri?.startsWith(given.base)) return;
  event.preventDefault();
  window.open(new URL(given.things + encodeURI(iri.slice(given.base.length)), document.baseURI), '_blank', 'noopener');
}, true);

document.documentElement.dataset.ready = '';
