/** Before any of these tests: what several of them need from the registry, since they run beside each other. */
import { realClients } from '../support/real-clients.ts';
import { companionHome } from '../support/real-companions.ts';
import { corpus } from './corpus.ts';
import { fetchPackages } from './fetch.ts';

export default async function setUp(): Promise<void> {
  await fetchPackages(corpus);
  realClients();
  companionHome();
}
