import { client } from './redis';

export interface Customer {
  id: string;
  name: string;
  email: string;
  city: string;
  newsletter: boolean;
}

export async function saveCustomer(customer: Customer): Promise<void> {
  await client.set(`customer:${customer.id}`, JSON.stringify(customer));
}

export async function findCustomer(id: string): Promise<Customer | null> {
  const raw = await client.get(`customer:${id}`);
  return raw === null ? null : (JSON.parse(raw) as Customer);
}

export async function changeEmail(id: string, email: string): Promise<boolean> {
  const raw = await client.get(`customer:${id}`);
  if (raw === null) return false;
  const customer = JSON.parse(raw) as Customer;
  customer.email = email;
  await client.set(`customer:${id}`, JSON.stringify(customer));
  return true;
}

/** Addresses are a list, kept as one value. */
export async function saveAddresses(id: string, addresses: string[]): Promise<void> {
  await client.set(`customer:${id}:addresses`, JSON.stringify(addresses));
}

export async function customersNear(longitude: number, latitude: number, km: number): Promise<string[]> {
  return client.geoSearch('customers:places', { longitude, latitude }, { radius: km, unit: 'km' });
}

export async function mergeCustomers(from: string[], into: string): Promise<void> {
  await Promise.all(
    from.map(async (id) => {
      await client.sUnionStore(`customer:${into}:favourites`, [`customer:${into}:favourites`, `customer:${id}:favourites`]);
      await client.unlink(`customer:${id}`);
    }),
  );
}
