// What runs them: Next.js by the file's place, a Lambda by its name.
import { GET } from './app/api/orders/route.js';

export { handler as thumbnail } from './functions/thumbnail.js';

export async function order(id: string): Promise<unknown> {
  const response = await GET(new Request(`https://shop.example/api/orders?id=${id}`));
  return response.json();
}
