import { client } from './redis';

const close = async () => {
  await client.quit();
};

export async function stop() {
  await close();
}
